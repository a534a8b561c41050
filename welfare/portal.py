"""What welfare puts on the staff desk and on the member's page."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Q, Sum
from django.urls import reverse
from django.utils import timezone

from members.models import Membership, Person
from union_portal.accounts.enums import Role
from union_portal.accounts.models import User
from union_portal.base.portal import Contribution, DeskFigure, DeskItem, Episode, MemberItem, Standing
from welfare.enums import GRAVE, Category, GrantState, RoundState
from welfare.models import Cover, Grant, LedgerEntry, Round, RuleWarning
from welfare.querysets import SEES_ALL, GrantQuerySet
from welfare.services.naming import named
from welfare.services.statement import SHOWN, statement

# A member's page looks back this many years.
YEARS_SHOWN = 5


def _list(model: str, query: str = "") -> str:
    return f"{reverse(f'admin:welfare_{model}_changelist')}{query}"


def orphaned(*, on: dt.date) -> GrantQuerySet:
    """Return listed and due grants whose recipient has died, or is no member any more though the benefit asks for it.

    Computed from dates when read, so nothing is dropped in silence and nothing goes stale.
    """
    waiting: GrantQuerySet = Grant.objects.filter(state__in=[GrantState.LISTED, GrantState.DUE, GrantState.SUBMITTED])
    members = Membership.objects.in_force(on=on).values("person")
    return waiting.filter(Q(person__died_on__isnull=False) | (~Q(person__in=members) & Q(benefit__non_members=False)))


def desk_items(user: User) -> Iterator[DeskItem]:
    """Yield what waits: rounds and cases to approve, warnings to answer, hand-outs, grants of people who left."""
    if not (user.is_superuser or user.has_role(*SEES_ALL)):
        return
    if user.has_role(Role.CHAIR, Role.VICE_CHAIR, Role.FINANCE):
        for round_ in Round.objects.filter(state=RoundState.SUBMITTED).select_related("occasion"):
            yield DeskItem(
                title=f"审批：{round_}",
                detail="名册已锁定、单价已定，等待另一人审批。",
                address=reverse("admin:welfare_round_change", args=[round_.pk]),
                due_on=round_.handed_out_on,
                urgent=True,
            )
        cases = Grant.objects.filter(state=GrantState.SUBMITTED).count()
        if cases:
            yield DeskItem(
                title="待审批的单项慰问",
                detail="按婚育病丧发放的单项慰问。",
                address=_list("grant", "?state__exact=submitted"),
                count=cases,
            )
    if user.has_role(Role.WELFARE, Role.WOMEN):
        yield from _officer_items()


def _officer_items() -> Iterator[DeskItem]:
    warnings = RuleWarning.objects.filter(answered_by__isnull=True).exclude(round__state=RoundState.CANCELLED)
    if count := warnings.count():
        yield DeskItem(
            title="待说明的超标提醒",
            detail="每条须填写理由和决定文件。",
            address=_list("rulewarning", "?answered_by__isnull=True"),
            count=count,
            urgent=True,
        )
    waiting = Round.objects.filter(state=RoundState.APPROVED)
    for round_ in waiting.select_related("occasion")[:5]:
        yield DeskItem(
            title=f"发放并办结：{round_}",
            detail="已审批；请登记领取情况后办结。",
            address=reverse("admin:welfare_round_change", args=[round_.pk]),
            due_on=round_.handed_out_on,
        )
    if count := orphaned(on=timezone.localdate()).count():
        yield DeskItem(
            title="已离会或去世人员的未办结慰问",
            detail="请逐一决定：取消，或交由家属领取。",
            address=_list("grant", "?orphaned=yes"),
            count=count,
        )


def desk_figures(user: User, year: int) -> Iterator[DeskFigure]:
    """Yield the year's figures beside the year before: grants received, people, yuan posted."""
    if not (user.is_superuser or user.has_role(*SEES_ALL)):
        return
    now, before = _given(year), _given(year - 1)
    address = _list("grant", f"?granted_on__year={year}")
    yield DeskFigure("享受福利", now[0], "次", before[0], address)
    yield DeskFigure("受益人数", now[1], "人", before[1], address)
    yield DeskFigure("记入台账", _posted(year), "元", _posted(year - 1), _list("posting"))


def _given(year: int) -> tuple[int, int]:
    grants = Grant.objects.given().filter(granted_on__year=year, supplements__isnull=True)
    return grants.count(), grants.values("person").distinct().count()


def _posted(year: int) -> Decimal:
    entries = LedgerEntry.objects.filter(account__kind="expense", occurred_on__year=year)
    return entries.aggregate(total=Sum("amount"))["total"] or Decimal("0.00")


def member_items(user: User) -> Iterator[MemberItem]:
    """Yield what the person behind the account received or has due, newest first; covers in force with their end."""
    person = Person.objects.filter(user=user).first()
    if person is None:
        return
    today = timezone.localdate()
    told = statement(person=person, on=today)
    for line in sorted((*told.due, *told.received), key=lambda line: line.on, reverse=True):
        if line.on.year <= today.year - YEARS_SHOWN:
            continue
        yield MemberItem(
            title=line.name,
            state=line.state,
            state_label=line.state_label,
            on=line.received_on or line.on,
            form=line.form,
            amount=line.amount,
            detail=_detail(line.goods, line.collected_by),
            grave=line.grave,
            standing=Standing.CAME if line.state == GrantState.RECEIVED else Standing.DUE,
        )
    for cover in told.covers:
        if cover.in_force:
            yield MemberItem(
                title=cover.plan,
                state="in_force",
                state_label="保障中",
                on=cover.starts_on,
                form="参保",
                until=cover.ends_on,
                standing=Standing.HOLDS,
            )


def _detail(goods: str, collected_by: str) -> str:
    words = f"由 {collected_by} 代领" if collected_by else ""
    return "，".join(part for part in (goods, words) if part)


def person_episodes(user: User, person_id: int) -> Iterator[Episode]:
    """Yield the grants of a person that the account may see, and the covers; two queries."""
    if user.has_perm("welfare.view_grant"):
        grants = Grant.objects.visible_to(user).filter(person=person_id, state__in=SHOWN)
        for grant in grants.select_related("benefit", "occasion"):
            yield Episode(
                on=grant.granted_on,
                kind="福利项目",
                title=named(grant.occasion.name if grant.occasion else "", grant.benefit.name),
                detail=" · ".join(
                    part
                    for part in (
                        grant.get_form_display(),
                        "{amount} 元".format(amount=f"{grant.amount:,.2f}") if grant.amount is not None else "",
                        grant.get_state_display(),
                    )
                    if part
                ),
                grave=Category(grant.benefit.category) in GRAVE,
                address=reverse("admin:welfare_grant_change", args=[grant.pk]),
            )
    if user.has_perm("welfare.view_cover"):
        for cover in Cover.objects.visible_to(user).filter(person=person_id).select_related("plan"):
            yield Episode(
                on=cover.starts_on,
                until=cover.ends_on,
                kind="参保",
                title=cover.plan.name,
                address=reverse("admin:welfare_cover_change", args=[cover.pk]),
            )


CONTRIBUTION = Contribution(
    app="welfare",
    desk_items=desk_items,
    desk_figures=desk_figures,
    member_items=member_items,
    person_episodes=person_episodes,
)
