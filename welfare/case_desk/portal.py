"""Cases on the desk, each until it is paid: asked for, reported, to approve, to pay; the member's own on his page."""

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from union_portal.accounts.enums import Role
from union_portal.accounts.models import User
from union_portal.base.portal import Contribution, DeskItem, MemberItem, Place, Standing, contribute
from union_portal.base.prepared import own, seen, totals
from welfare.approvals.enums import ApprovalState
from welfare.cases.services.applying import own_applications
from welfare.cases.services.telling import next_step, what
from welfare.grants.enums import GrantState
from welfare.grants.models import Grant, GrantMove, RuleWarning
from welfare.grants.portal import list_address
from welfare.grants.services.paying import FROM_ROSTER
from welfare.grants.services.recorded import papers_to_post

# So many cases stand on the desk by themselves; of more their number does.
SHOWN = 8
# Whoever entered a case is told so long that it was declined.
DECLINED_DAYS = 30
DAY = dt.timedelta(days=1)
# What a branch has not looked at after so many days, the officer takes up.
BRANCH_DAYS = 3
# What comes next, as it is told to whoever entered the case.
_OWN = partial(next_step, own=True)


def desk_items(user: User) -> Iterator[DeskItem]:
    """Yield the cases that wait for this account, and what finance posts next."""
    yield from _to_confirm(user)
    yield from _to_take_up(user)
    yield from _to_approve(user)
    if user.has_perm("welfare.pay_round"):
        yield from _to_pay(user)


def _cases(*conditions: Q, **states: Any) -> QuerySet[Grant]:
    found = Grant.objects.filter(*conditions, round=None, **states).select_related(
        "person", "benefit", "branch", "event"
    )
    return found.order_by("granted_on", "pk")


def _each(
    user: User,
    cases: Callable[[User], QuerySet[Grant]],
    *,
    verb: str,
    page: str,
    query: str,
    detail: Any = next_step,
) -> Iterator[DeskItem]:
    """Yield the first cases one by one, and the way to the list where there are more."""
    found = seen(user, ("cases", verb, query), lambda account: cases(account)[: SHOWN + 1])
    for grant in found[:SHOWN]:
        yield DeskItem(
            title=f"{verb}：{what(grant)}",
            detail=str(detail(grant)),
            address=reverse(f"admin:welfare_grant_{page}", args=[grant.pk]),
        )
    if len(found) > SHOWN:
        yield DeskItem(
            title=f"{verb}：其余单项慰问",
            detail="以上为最早的几件。",
            address=list_address("grant", query),
            count=cases(user).count() - SHOWN,
        )


def _to_confirm(user: User) -> Iterator[DeskItem]:
    """Yield to a branch's chair what members of the branch ask for; own applications and kin's go to the officer."""
    if user.has_role(Role.BRANCH_CHAIR):
        query = f"?state__exact={GrantState.APPLIED}"
        yield from _each(user, _applied, verb="审核申请", page="change", query=query)


def _applied(user: User) -> QuerySet[Grant]:
    mine = Grant.objects.visible_to(user).filter(state=GrantState.APPLIED).exclude(person__user=user)
    return _cases(pk__in=mine.values("pk"))


def _not_looked_at(_user: User) -> QuerySet[Grant]:
    """Return what no branch has looked at in time, or has no branch to do so."""
    day = timezone.localdate() - dt.timedelta(days=BRANCH_DAYS)
    lately = GrantMove.objects.filter(target=GrantState.APPLIED, at__date__gt=day).values("subject")
    return _cases(Q(branch=None) | ~Q(pk__in=lately), state=GrantState.APPLIED)


def _to_take_up(user: User) -> Iterator[DeskItem]:
    """Yield what branches reported to the officer, and to everybody what came back of the own."""
    if user.has_perm("welfare.enter_grant"):
        yield from _each(
            user,
            lambda _account: _cases(state=GrantState.REPORTED),
            verb="受理上报",
            page="amend",
            query=f"?state__exact={GrantState.REPORTED}",
            detail=lambda grant: f"{grant.branch or '未分配分工会'}上报，请核对后提交审批或退回。",
        )
        yield from _each(
            user,
            _not_looked_at,
            verb="受理申请",
            page="amend",
            query=f"?state__exact={GrantState.APPLIED}",
            detail=lambda grant: f"{grant.branch or '未分配分工会'}尚未审核，可以直接受理或退回。",
        )
    if user.has_perm("welfare.add_grant"):
        query = f"?state__exact={GrantState.SENT_BACK}"
        yield from _each(user, _came_back, verb="修改后重新提交", page="amend", query=query, detail=_OWN)


def _came_back(user: User) -> QuerySet[Grant]:
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    lately = midnight - dt.timedelta(days=DECLINED_DAYS)
    declined = GrantMove.objects.filter(action="decline", at__gte=lately).values("subject")
    back = Q(state=GrantState.SENT_BACK) | Q(state=GrantState.DECLINED, pk__in=declined)
    return _cases(back, prepared_by=user)


def _to_approve(user: User) -> Iterator[DeskItem]:
    if not user.has_perm("welfare.approve_grant"):
        return

    def waiting(account: User) -> QuerySet[Grant]:
        on_paper = Q(paper_approval__state=ApprovalState.ENTERED)
        # What still lacks the officer's reason and document cannot be approved: it stands on the officer's desk.
        open_ = RuleWarning.objects.filter(grant__isnull=False, answered_by=None).values("grant")
        found = _cases(state=GrantState.SUBMITTED).exclude(on_paper).exclude(pk__in=open_)
        return found.exclude(prepared_by=account)

    yield from _each(user, waiting, verb="审批", page="change", query=f"?state__exact={GrantState.SUBMITTED}")


def _to_pay(user: User) -> Iterator[DeskItem]:
    def due(_account: User) -> QuerySet[Grant]:
        return _cases(form__in=FROM_ROSTER, state__in=[GrantState.DUE, GrantState.RETURNED])

    yield from _each(user, due, verb="发放", page="change", query=f"?state__exact={GrantState.DUE}")
    count, _day = totals(user, "recorded to post", lambda _account: {"all": (papers_to_post(), "")})["all"]
    if count:
        yield DeskItem(
            title="待记账的补录记录",
            detail="线下审批已由另一人确认，请按审批逐份记入台账。",
            address=reverse("admin:welfare_grant_post_recorded"),
            count=count,
        )


def person_links(user: User, person_id: int) -> Iterator[tuple[str, str]]:
    """Yield the way from a person's page to the page that enters a case for that person."""
    if user.has_perm("welfare.add_grant"):
        label = "登记慰问" if user.has_perm("welfare.enter_grant") else "上报慰问"
        yield label, f"{reverse('admin:welfare_grant_add')}?person={person_id}"


def drafts(user: User) -> Iterator[DeskItem]:
    """Yield the own cases that came back or were taken back, to be filled in anew."""
    if user.has_perm("welfare.add_grant"):
        back = [GrantState.SENT_BACK, GrantState.DECLINED, GrantState.WITHDRAWN]
        query = f"?state__exact={GrantState.WITHDRAWN}"

        def asked(account: User) -> QuerySet[Grant]:
            return _cases(prepared_by=account, state__in=back)

        yield from _each(user, asked, verb="修改后重新提交", page="amend", query=query, detail=_OWN)


# What lies between asking and approval, on the member's page.
_UNDER_WAY = (GrantState.APPLIED, GrantState.REPORTED, GrantState.SUBMITTED, GrantState.SENT_BACK)


def _asked_for(account: User) -> QuerySet[Grant]:
    lately = GrantMove.objects.filter(action="decline", at__date__gt=timezone.localdate() - DECLINED_DAYS * DAY)
    declined = Q(state=GrantState.DECLINED, pk__in=lately.values("subject"))
    return own_applications(account).filter(Q(state__in=_UNDER_WAY) | declined)


def member_items(user: User) -> Iterator[MemberItem]:
    """Yield what the account's owner asked for and has not been given yet."""
    for grant in own(user, "applications", _asked_for):
        yield MemberItem(
            title=f"申请：{grant.benefit}",
            state=grant.state,
            state_label=str(GrantState(grant.state).label),
            on=grant.granted_on,
            form=grant.get_form_display(),
            amount=grant.amount,
            detail=next_step(grant, own=True),
            grave=grant.benefit.grave,
            address=reverse("welfare:application", args=[grant.pk]),
            standing=Standing.DUE,
        )


_NEW = Place("welfare", "登记慰问", "admin:welfare_grant_add", "welfare.add_grant", "volunteer_activism")
contribute(
    Contribution(
        desk_items=desk_items,
        member_items=member_items,
        concerns=lambda user: (_asked_for(user),),
        person_links=person_links,
        drafts=drafts,
        creates=(_NEW,),
    )
)
