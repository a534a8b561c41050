"""Cases on the desk, each until it is paid: reported, sent back, to approve, to pay; and what finance posts."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from union_portal.accounts.models import User
from union_portal.base.portal import Contribution, DeskItem, Place, contribute
from welfare.approvals.enums import ApprovalState
from welfare.cases.services.telling import next_step, what
from welfare.grants.enums import GrantState
from welfare.grants.models import Grant, GrantMove
from welfare.grants.portal import list_address
from welfare.grants.services.paying import FROM_ROSTER
from welfare.grants.services.recorded import papers_to_post

# So many cases stand on the desk by themselves; of more their number does.
SHOWN = 8
# Whoever entered a case is told so long that it was declined.
DECLINED_DAYS = 30


def desk_items(user: User) -> Iterator[DeskItem]:
    """Yield the cases that wait for this account, and what finance posts next."""
    yield from _to_take_up(user)
    yield from _to_approve(user)
    if user.has_perm("welfare.pay_round"):
        yield from _to_pay()


def _cases(**states: Any) -> QuerySet[Grant]:
    found = Grant.objects.filter(round=None, **states).select_related("person", "benefit", "branch", "event")
    return found.order_by("granted_on", "pk")


def _each(cases: QuerySet[Grant], *, verb: str, page: str, query: str, detail: Any = next_step) -> Iterator[DeskItem]:
    """Yield the first cases one by one, and the way to the list where there are more."""
    found = list(cases[: SHOWN + 1])
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
            count=cases.count() - SHOWN,
        )


def _to_take_up(user: User) -> Iterator[DeskItem]:
    """Yield what branches reported to the officer, and to everybody what came back of the own."""
    if user.has_perm("welfare.enter_grant"):
        reported = _cases(state=GrantState.REPORTED)
        yield from _each(
            reported,
            verb="受理上报",
            page="amend",
            query=f"?state__exact={GrantState.REPORTED}",
            detail=lambda grant: f"{grant.branch or '未分配分工会'}上报，请核对后提交审批或退回。",
        )
    back = Q(state=GrantState.SENT_BACK)
    lately = timezone.now() - dt.timedelta(days=DECLINED_DAYS)
    declined = GrantMove.objects.filter(action="decline", at__gte=lately).values("subject")
    back |= Q(state=GrantState.DECLINED, pk__in=declined)
    if user.has_perm("welfare.add_grant"):
        mine = _cases(prepared_by=user).filter(back)
        yield from _each(mine, verb="修改后重新提交", page="amend", query=f"?state__exact={GrantState.SENT_BACK}")


def _to_approve(user: User) -> Iterator[DeskItem]:
    if not user.has_perm("welfare.approve_grant"):
        return
    on_paper = Q(paper_approval__state=ApprovalState.ENTERED)
    waiting = _cases(state=GrantState.SUBMITTED).exclude(on_paper).exclude(prepared_by=user)
    yield from _each(waiting, verb="审批", page="change", query=f"?state__exact={GrantState.SUBMITTED}")


def _to_pay() -> Iterator[DeskItem]:
    due = _cases(form__in=FROM_ROSTER, state__in=[GrantState.DUE, GrantState.RETURNED])
    yield from _each(due, verb="发放", page="change", query=f"?state__exact={GrantState.DUE}")
    if count := papers_to_post().count():
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
        yield from _each(_cases(prepared_by=user, state__in=back), verb="修改后重新提交", page="amend", query=query)


_NEW = Place("welfare", "登记慰问", "admin:welfare_grant_add", "welfare.add_grant", "volunteer_activism")
contribute(Contribution(desk_items=desk_items, person_links=person_links, drafts=drafts, creates=(_NEW,)))
