"""A kind of record that may cost money: whoever enters it asks, a second person approves, the ledger has the entry."""

from decimal import Decimal

from django.db import models
from django.db.models import Q

from union_portal.base.models import always
from welfare.books.models import Fund
from welfare.ledger.enums import PostingKind
from welfare.payments.models import Payment
from welfare.payouts.enums import PayoutState


class Payout(Payment):
    """A record with an amount, its state and its posting. A kind adds a `machine`, a log called `moves`, `paid_for`.

    Without an amount nothing is asked for; its fund is chosen by whoever approves.
    """

    posting_kind = PostingKind.GRANT

    amount = models.DecimalField(  # type: ignore[assignment]  # unlike other payments it may lack one
        "金额（元）", max_digits=12, decimal_places=2, null=True, blank=True, help_text="没有费用的不填。"
    )
    state = models.CharField("列支", max_length=8, choices=PayoutState.choices, default=PayoutState.NOTHING)
    fund = models.ForeignKey(
        Fund,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="资金来源",
        limit_choices_to={"active": True},
    )

    class Meta:
        abstract = True
        constraints = [
            always(
                Q(state=PayoutState.ANNULLED)
                | Q(state=PayoutState.NOTHING, amount__isnull=True)
                | (~Q(state=PayoutState.NOTHING) & Q(amount__isnull=False, amount__gt=0)),
                name="amount_asked_for",
                words="金额须大于零；没有费用的不填，已经登记的请用“申请列支”填写金额。",
            ),
            Payment.Meta.constraints[1],
        ]

    @property
    def summary(self) -> str:
        """Name the kind alone."""
        return str(self._meta.verbose_name)

    def obstacle(self) -> str:
        """Nothing: the fund is chosen with the approval."""
        return ""

    def clean(self) -> None:
        """Ask for the money of a new record that has an amount."""
        if self._state.adding:
            self.state = PayoutState.NOTHING if self.amount is None else PayoutState.ASKED

    @property
    def yuan_asked(self) -> Decimal:
        """The amount as a number."""
        return self.amount or Decimal("0.00")
