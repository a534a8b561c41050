"""Sign-off sheets: asked for here, made by the worker."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from members.branches.models import Branch
from union_portal.accounts.models import User
from union_portal.base.errors import Refused
from union_portal.base.models.papers import PaperState
from union_portal.base.money import grouped
from welfare.benefits.enums import Form
from welfare.grants.enums import GrantState
from welfare.grants.models import Round
from welfare.rounds.models import RoundPaper

# States whose people sign: on the locked roster, due, and received.
SIGNING = (GrantState.LISTED, GrantState.DUE, GrantState.RECEIVED, GrantState.RETURNED)


@dataclass(frozen=True)
class Sheet:
    """One branch's sign-off sheet: its name, its rows, count and total (yuan, None where no price is fixed)."""

    branch: str
    rows: tuple[dict[str, object], ...]
    count: int
    total: Decimal | None


@transaction.atomic
def ask_for_sheets(*, round_: Round, actor: User | None, branch: Branch | None = None) -> RoundPaper:
    """Note that sign-off sheets are wanted; the caller hands the note to the worker after the commit."""
    if not round_.grants.filter(state__in=SIGNING).exists():
        raise Refused("名册为空。")
    return RoundPaper.objects.create(round=round_, branch=branch, requested_by=actor, message=PaperState.WAITING.label)


def sheets(*, round_: Round, branch: Branch | None = None) -> Iterator[Sheet]:
    """Yield each branch's sheet, people in roll order (by strokes); one query."""
    grants = round_.grants.filter(state__in=SIGNING).select_related("person", "branch")
    if branch is not None:
        grants = grants.filter(branch=branch)
    by_branch: dict[str, list[dict[str, object]]] = {}
    totals: dict[str, list[Decimal | None]] = {}
    item = round_.goods or round_.benefit.name
    money = round_.benefit.form in {Form.CASH, Form.COUPON}
    for grant in grants.order_by("branch__code", "person__stroke_key", "person__pinyin_key", "pk"):
        name = grant.branch.name if grant.branch else "未分配分工会"
        rows = by_branch.setdefault(name, [])
        totals.setdefault(name, []).append(grant.amount)
        rows.append(
            {
                "place": len(rows) + 1,
                "staff_number": grant.person.staff_number or "",
                "name": grant.person.name,
                "item": item,
                "amount": grouped(grant.amount) if money and grant.amount is not None else "",
            }
        )
    for name, rows in by_branch.items():
        known = [amount for amount in totals[name] if amount is not None]
        total = sum(known, start=Decimal("0.00")) if money and len(known) == len(rows) else None
        yield Sheet(name, tuple(rows), len(rows), total)
