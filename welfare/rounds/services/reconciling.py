"""What a round comes to: due = received + not collected + adjusted; bought, handed out and the stock between them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from django.db import transaction
from django.db.models import Count, Max, Min, Q, QuerySet, Sum

from union_portal.accounts.models import User
from union_portal.base.errors import DomainError
from union_portal.base.kept import kept
from union_portal.base.money import grouped
from union_portal.base.steps import move
from welfare.benefits.enums import Form
from welfare.grants.enums import SUBJECT, GrantState, RoundState
from welfare.grants.models import Grant, Round
from welfare.ledger.models import LedgerEntry, Posting
from welfare.purchases.models import Purchase
from welfare.rounds.services.holding import hold_round, require

ZERO = Decimal("0.00")
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Tally:
    """How many people or pieces, and for how much (yuan)."""

    count: int
    amount: Decimal

    def __sub__(self, other: "Tally") -> "Tally":
        return Tally(self.count - other.count, self.amount - other.amount)

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.count + other.count, self.amount + other.amount)


class Share(NamedTuple):
    """What a branch has of a roster in one state, and the first and the last key."""

    branch: int | None
    state: GrantState
    heads: int
    amount: Decimal
    first: int
    last: int


@dataclass(frozen=True)
class Reconciliation:
    """A round's sums. `due` is what was released at approval, the others what stands now; `posted` is the ledger's net.

    `bought`, `handed_out` and `stock` count pieces of goods; zero for cash and coupons. `shares` count the roster.
    """

    shares: Sequence[Share]

    due: Tally
    received: Tally
    not_collected: Tally
    adjusted: Tally
    bought: Tally
    handed_out: Tally
    stock: Tally
    posted: Decimal

    @property
    def balances(self) -> bool:
        """Tell whether due = received + not collected + adjusted, in people and in yuan."""
        return self.due == self.received + self.not_collected + self.adjusted


def reconcile(*, round_: Round, with_supplements: bool = False, to_show: bool = False) -> Reconciliation:
    """Return the round's sums, with those of its supplementary rounds if asked; five queries.

    Where they are only shown (`to_show`), the entries are added up anew only after a posting or a change of the roster.
    """
    rounds = (
        Round.objects.filter(Q(pk=round_.pk) | Q(parent=round_.pk))
        if with_supplements
        else Round.objects.filter(pk=round_.pk)
    )
    released = rounds.aggregate(heads=Sum("released_heads"), amount=Sum("released_amount"))
    grants = Grant.objects.filter(round__in=rounds.values("pk"))
    shares = shares_of(grants)
    received = tally(shares, GrantState.RECEIVED)
    bought = Tally(0, ZERO)
    if round_.benefit.form not in {Form.CASH, Form.COUPON}:
        sums = (
            Purchase.objects.standing()
            .filter(round__in=rounds.values("pk"))
            .aggregate(q=Sum("quantity"), a=Sum("amount"))
        )
        bought = Tally(sums["q"] or 0, sums["a"] or ZERO)
    handed_out = received if bought.count else Tally(0, ZERO)
    # Two sums, each by its index: an OR over both would read the whole ledger.
    ends = (min(share.first for share in shares), max(share.last for share in shares)) if shares else None
    paid = LedgerEntry.objects.paying(SUBJECT, grants, between=ends)
    invoices = LedgerEntry.objects.filter(subject_id=None, posting__purchase__round__in=rounds.values("pk"))
    net = partial(_net, paid, invoices.standing())
    if to_show:
        last = Posting.objects.order_by("-pk").values_list("pk", "hash").first()
        net = partial(kept, ("posted", round_.pk, with_supplements), version=(last, *shares), ask=net)
    return Reconciliation(
        shares=shares,
        due=Tally(released["heads"] or 0, released["amount"] or ZERO),
        received=received,
        not_collected=tally(shares, GrantState.DUE, GrantState.RETURNED),
        adjusted=tally(shares, GrantState.CANCELLED),
        bought=bought,
        handed_out=handed_out,
        stock=_stock(bought, handed_out.count),
        posted=net(),
    )


def _net(*parts: QuerySet[LedgerEntry]) -> Decimal:
    return sum((part.aggregate(total=Sum("amount"))["total"] or ZERO for part in parts), start=ZERO)


def _stock(bought: Tally, handed_out: int) -> Tally:
    """Return what is left over, at what the invoices say a piece cost."""
    left = bought.count - handed_out
    return Tally(left, (bought.amount * left / bought.count).quantize(CENT) if bought.count else ZERO)


def shares_of(grants: QuerySet[Grant]) -> list[Share]:
    """Return how the grants lie among branches and states; one query."""
    rows = grants.order_by().values_list("branch", "state")
    found = rows.annotate(Count("pk"), Sum("amount"), Min("pk"), Max("pk"))
    return [Share(branch, GrantState(state), n, total or ZERO, *ends) for branch, state, n, total, *ends in found]


def tally(shares: Iterable[Share], *states: GrantState) -> Tally:
    """Return how many there are in these states together, and for how much."""
    own = [share for share in shares if share.state in states]
    return Tally(sum(share.heads for share in own), sum((share.amount for share in own), start=ZERO))


def differences(*, round_: Round) -> list[str]:
    """Return in words what must be explained before the round is closed; empty when everything adds up."""
    sums = reconcile(round_=round_)
    found = []
    if not sums.balances:
        total = sums.received + sums.not_collected + sums.adjusted
        found.append(
            f"应发 {sums.due.count:,} 人 {grouped(sums.due.amount)} 元，"
            f"实有 {total.count:,} 人 {grouped(total.amount)} 元"
        )
    if sums.not_collected.count:
        found.append(f"{sums.not_collected.count:,} 人未领取")
    found += _money_differences(round_, sums)
    return found


def _money_differences(round_: Round, sums: Reconciliation) -> list[str]:
    form, found = round_.benefit.form, []
    if form == Form.CASH and sums.posted != sums.received.amount:
        found.append(f"已领取 {grouped(sums.received.amount)} 元，台账 {grouped(sums.posted)} 元")
    if form == Form.COUPON and sums.posted != sums.due.amount - sums.adjusted.amount:
        found.append(f"提货券 {grouped(sums.due.amount - sums.adjusted.amount)} 元，台账 {grouped(sums.posted)} 元")
    if form == Form.GOODS and not sums.bought.count:
        found.append("尚未登记发票")
    elif form == Form.GOODS and sums.stock.count:
        found.append(f"采购与发放相差 {sums.stock.count:,} 份")
    return found


@transaction.atomic
def close(*, subject: Round, actor: User | None, explanation: str = "") -> Round:
    """Close an approved round. Whatever does not add up, or was not collected, must be explained in a word first."""
    held = hold_round(subject)
    require(held, RoundState.APPROVED)
    open_points = differences(round_=held)
    if open_points and not explanation.strip():
        raise DomainError("办结前请说明：{points}。".format(points="；".join(open_points)), field="explanation")
    move(held, "close", actor=actor, why="；".join(open_points), explanation=explanation.strip())
    return held
