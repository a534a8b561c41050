"""Sign-off sheets: asked for here, made by the worker; each bears a code that leads back to its people."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet

from members.branches.models import Branch
from union_portal.accounts.models import User
from union_portal.base.errors import Refused
from union_portal.base.models.papers import PaperState
from union_portal.base.money import grouped
from welfare.benefits.enums import Form
from welfare.grants.enums import GrantState
from welfare.grants.models import Grant, Round
from welfare.sheets.models import RoundPaper
from welfare.sheets.services.codes import row_code, sheet_code

# States whose people sign: on the locked roster, due, and received.
SIGNING = (GrantState.LISTED, GrantState.DUE, GrantState.RECEIVED, GrantState.RETURNED)
# As they stand on paper: by strokes.
ORDER = ("branch__code", "person__stroke_key", "person__pinyin_key", "pk")


@dataclass(frozen=True)
class Sheet:
    """One branch's sign-off sheet: its name, its rows, count and total (yuan, None where no price is fixed).

    `code` is what its QR code says; each row has one of its own.
    """

    branch: str
    rows: tuple[dict[str, object], ...]
    count: int
    total: Decimal | None
    code: str = ""


@transaction.atomic
def ask_for_sheets(*, round_: Round, actor: User | None, branch: Branch | None = None, portal: str = "") -> RoundPaper:
    """Note that sign-off sheets are wanted; the caller hands the note to the worker after the commit.

    `portal` is the address under which whoever asks reaches the portal: the sheets' codes lead there.
    """
    must_have_signers(round_=round_)
    return RoundPaper.objects.create(
        round=round_, branch=branch, portal=portal, requested_by=actor, message=PaperState.WAITING.label
    )


def must_have_signers(*, round_: Round) -> None:
    """Raise Refused while nobody stands on the roster."""
    if not round_.grants.filter(state__in=SIGNING).exists():
        raise Refused("名册为空。")


def roll(*, round_: Round) -> QuerySet[Grant]:
    """Return who signs, in the order of the sheets."""
    return round_.grants.filter(state__in=SIGNING).order_by(*ORDER)


def sheets(*, round_: Round, branch: Branch | None = None) -> Iterator[Sheet]:
    """Yield each branch's sheet, people in roll order (by strokes); one query."""
    grants = roll(round_=round_).select_related("person", "branch")
    if branch is not None:
        grants = grants.filter(branch=branch)
    by_branch: dict[str, list[dict[str, object]]] = {}
    totals: dict[str, list[Decimal | None]] = {}
    keys: dict[str, int | None] = {}
    item = round_.goods or round_.benefit.name
    money = round_.benefit.form in {Form.CASH, Form.COUPON}
    for grant in grants:
        name = grant.branch.name if grant.branch else "未分配分工会"
        rows = by_branch.setdefault(name, [])
        totals.setdefault(name, []).append(grant.amount)
        keys[name] = grant.branch_id
        rows.append(
            {
                "place": len(rows) + 1,
                "staff_number": grant.person.staff_number or "",
                "name": grant.person.name,
                "item": item,
                "code": row_code(grant.pk),
                "amount": grouped(grant.amount) if money and grant.amount is not None else "",
            }
        )
    for name, rows in by_branch.items():
        known = [amount for amount in totals[name] if amount is not None]
        total = sum(known, start=Decimal("0.00")) if money and len(known) == len(rows) else None
        code = sheet_code(round_id=round_.pk, branch_id=keys[name])
        yield Sheet(name, tuple(rows), len(rows), total, code)
