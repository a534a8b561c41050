"""What welfare puts on the staff desk and on the member's page."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Q, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from members.models import Membership, Person
from union_portal.accounts.enums import Role
from union_portal.accounts.models import User
from union_portal.base.portal import Contribution, DeskFigure, DeskItem, Episode, MemberItem, Standing
from welfare.enums import GRAVE, Category, GrantState, RoundState
from welfare.models import Cover, Grant, LedgerEntry, Round, RuleWarning
from welfare.querysets import SEES_ALL, GrantQuerySet
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
                title=_("Approve: %(round)s") % {"round": round_},
                detail=_("The roster is locked and priced; it waits for a second person."),
                address=reverse("admin:welfare_round_change", args=[round_.pk]),
                due_on=round_.handed_out_on,
                urgent=True,
            )
        cases = Grant.objects.filter(state=GrantState.SUBMITTED).count()
        if cases:
            yield DeskItem(
                title=_("Cases waiting for approval"),
                detail=_("Single grants on a life event."),
                address=_list("grant", "?state__exact=submitted"),
                count=cases,
            )
    if user.has_role(Role.WELFARE, Role.WOMEN):
        yield from _officer_items()


def _officer_items() -> Iterator[DeskItem]:
    warnings = RuleWarning.objects.filter(answered_by__isnull=True).exclude(round__state=RoundState.CANCELLED)
    if count := warnings.count():
        yield DeskItem(
            title=_("Warnings of the rules to answer"),
            detail=_("Each needs a reason and the deciding document."),
            address=_list("rulewarning", "?answered_by__isnull=True"),
            count=count,
            urgent=True,
        )
    waiting = Round.objects.filter(state=RoundState.APPROVED)
    for round_ in waiting.select_related("occasion")[:5]:
        yield DeskItem(
            title=_("Hand out and close: %(round)s") % {"round": round_},
            detail=_("Approved; mark what was received, then close it."),
            address=reverse("admin:welfare_round_change", args=[round_.pk]),
            due_on=round_.handed_out_on,
        )
    if count := orphaned(on=timezone.localdate()).count():
        yield DeskItem(
            title=_("Open grants of people who have left or died"),
            detail=_("Decide for each: take it back, or hand it to the family."),
            address=_list("grant", "?orphaned=yes"),
            count=count,
        )


def desk_figures(user: User, year: int) -> Iterator[DeskFigure]:
    """Yield the year's figures beside the year before: grants received, people, yuan posted."""
    if not (user.is_superuser or user.has_role(*SEES_ALL)):
        return
    now, before = _given(year), _given(year - 1)
    address = _list("grant", f"?granted_on__year={year}")
    yield DeskFigure(_("benefits received"), now[0], _("times"), before[0], address)
    yield DeskFigure(_("people who received something"), now[1], _("people"), before[1], address)
    yield DeskFigure(_("posted in the ledger"), _posted(year), _("yuan"), _posted(year - 1), _list("posting"))


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
            title=" ".join(part for part in (line.occasion, line.title) if part),
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
                state_label=_("in force"),
                on=cover.starts_on,
                form=_("cover"),
                until=cover.ends_on,
                standing=Standing.HOLDS,
            )


def _detail(goods: str, collected_by: str) -> str:
    words = _("collected by %(name)s") % {"name": collected_by} if collected_by else ""
    return "，".join(part for part in (goods, words) if part)


def person_episodes(user: User, person_id: int) -> Iterator[Episode]:
    """Yield the grants of a person that the account may see, and the covers; two queries."""
    if user.has_perm("welfare.view_grant"):
        grants = Grant.objects.visible_to(user).filter(person=person_id, state__in=SHOWN)
        for grant in grants.select_related("benefit", "occasion"):
            yield Episode(
                on=grant.granted_on,
                kind=_("benefit"),
                title=f"{grant.occasion.name if grant.occasion else ''} {grant.benefit.name}".strip(),
                detail=" · ".join(
                    part
                    for part in (
                        grant.get_form_display(),
                        _("%(amount)s yuan") % {"amount": f"{grant.amount:,.2f}"} if grant.amount is not None else "",
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
                kind=_("cover"),
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
