"""What rounds and grants put on the desk: what waits, and the year's figures."""

from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.urls import reverse
from django.utils import timezone

from union_portal.accounts.enums import Role
from union_portal.accounts.models import User
from union_portal.base.kept import kept
from union_portal.base.portal import DeskFigure, DeskItem, so_far
from union_portal.base.prepared import latest, seen, totals
from welfare.books.querysets import SEES_ALL
from welfare.grants.enums import GrantState, RoundState
from welfare.grants.models import Grant, GrantMove, RoundMove, RuleWarning
from welfare.grants.services.departed import to_look_at
from welfare.ledger.enums import PostingKind
from welfare.ledger.models import LedgerEntry, Posting


def list_address(model: str, query: str = "") -> str:
    return f"{reverse(f'admin:welfare_{model}_changelist')}{query}"


def desk_items(user: User) -> Iterator[DeskItem]:
    """Yield what waits: warnings to answer and to confirm, grants of people who left, what the ledger took back."""
    if not (user.is_superuser or user.has_role(*SEES_ALL)):
        return
    if user.has_role(Role.WELFARE, Role.WOMEN):
        yield from _officer_items(user)
    if user.has_role(Role.CHAIR):
        yield from _to_confirm(user)
    if user.has_role(Role.AUDIT):
        yield from _auditor_items(user, timezone.localdate().year)


def _to_confirm(user: User) -> Iterator[DeskItem]:
    """Yield the explanations that only the chair confirms; the rest are confirmed with the approval."""

    def asked(account: User) -> "dict[str, tuple[QuerySet[Any], str]]":
        answered: Any = RuleWarning.objects.filter(confirmed_by=None, chair_only=True).exclude(answered_by=None)
        held_up = Q(round__state=RoundState.SUBMITTED) | Q(grant__state=GrantState.SUBMITTED)
        return {"all": (answered.exclude(answered_by=account.pk).filter(held_up), "")}

    count, _day = totals(user, "warnings to confirm", asked)["all"]
    if count:
        yield DeskItem(
            title="待主席确认的超标说明",
            detail="按标准须由主席确认；由您审批的，审批时一并确认。",
            address=list_address("rulewarning", "?standing=answered"),
            count=count,
            urgent=True,
        )


def _auditor_items(user: User, year: int) -> Iterator[DeskItem]:
    """Yield what the ledger took back; approvals on paper and open warnings have a list of their own."""
    kinds = (PostingKind.REVERSAL, PostingKind.ADJUSTMENT)
    found = totals(
        user,
        ("taken back", year),
        lambda _account: {kind: (Posting.objects.filter(kind=kind, year=year), "") for kind in kinds},
    )
    for kind in kinds:
        count, _day = found[kind]
        if count:
            yield DeskItem(
                title=f"{year} 年度的{kind.label}",
                detail="每张台账单都写明原因、经办人、审批人和记账人。",
                address=list_address("posting", f"?kind__exact={kind}&year={year}"),
                count=count,
            )


def _to_answer() -> "dict[str, tuple[QuerySet[Any], str]]":
    warnings: Any = RuleWarning.objects.filter(answered_by__isnull=True).exclude(round__state=RoundState.CANCELLED)
    # What a branch only reported, and what came back, is answered when it is put forward.
    warnings = warnings.filter(Q(grant=None) | Q(grant__state=GrantState.SUBMITTED))
    return {"warnings": (warnings, ""), "departed": (to_look_at(), "")}


def _officer_items(user: User) -> Iterator[DeskItem]:
    found = totals(user, "warnings to answer", lambda _account: _to_answer())
    (count, _day), (departed, _day) = found["warnings"], found["departed"]
    if count:
        yield DeskItem(
            title="待说明的超标提醒",
            detail="每条须填写理由和决定文件。",
            address=list_address("rulewarning", "?standing=open"),
            count=count,
            urgent=True,
        )
    if departed:
        yield DeskItem(
            title="已离会或去世人员的未办结慰问",
            detail="登记已变动或已更正，请逐一决定：取消，或交由家属领取。",
            address=list_address("grant", "?orphaned=yes"),
            count=departed,
        )


def desk_figures(user: User, year: int) -> Iterator[DeskFigure]:
    """Yield the year's figures beside those by the same day a year before: grants received, people, yuan posted."""
    if not (user.is_superuser or user.has_role(*SEES_ALL)):
        return
    moved = latest(user, Grant, GrantMove, RoundMove)
    now, before = (kept(("given", *so_far(one)), version=moved, ask=partial(_given, one)) for one in (year, year - 1))
    first, last = so_far(year)
    address = list_address("grant", f"?granted_on_from={first}&granted_on_to={last}")
    yield DeskFigure("享受福利", now[0], "次", before[0], address)
    yield DeskFigure("受益人数", now[1], "人", before[1], address)
    last_posting = Posting.objects.order_by("-pk").values_list("pk", "hash")[:1]
    posted = seen(user, "last posting", lambda _account: last_posting)
    spent, earlier = (
        kept(("posted", *so_far(one)), version=posted, ask=partial(_posted, one)) for one in (year, year - 1)
    )
    yield DeskFigure("记入台账", spent, "元", earlier, list_address("posting"))


def _given(year: int) -> tuple[int, int]:
    grants = Grant.objects.given().filter(granted_on__range=so_far(year), supplements__isnull=True)
    found = grants.aggregate(times=Count("pk"), people=Count("person", distinct=True))
    return found["times"], found["people"]


def _posted(year: int) -> Decimal:
    entries = LedgerEntry.objects.filter(account__kind="expense", occurred_on__range=so_far(year))
    return entries.aggregate(total=Sum("amount"))["total"] or Decimal("0.00")
