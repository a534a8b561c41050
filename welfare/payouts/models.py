"""A kind of record that may cost money: whoever enters it asks, a second person approves, the ledger has the entry."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q

from union_portal.base.models import always
from union_portal.base.validators import not_in_future
from welfare.books.enums import AccountKind
from welfare.books.models import Fund, LedgerAccount
from welfare.ledger.models import Posting
from welfare.payouts.enums import PayoutState


class Payout(models.Model):
    """A record with an amount, its state and its posting. A kind adds a `machine`, a log called `moves`, `paid_for`.

    Without an amount nothing is asked for. `person_id`, where a kind has it, is who gets the money.
    """

    amount = models.DecimalField(
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
    account = models.ForeignKey(
        LedgerAccount,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="科目",
        limit_choices_to={"active": True, "kind": AccountKind.EXPENSE},
    )
    posted_on = models.DateField("记账日期", null=True, blank=True, validators=[not_in_future])
    posting = models.OneToOneField(
        Posting,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="paid_%(class)s",
        verbose_name="台账单",
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="经办人"
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
            always(~Q(state=PayoutState.PAID) | Q(posting__isnull=False), name="paid_is_posted"),
        ]

    def clean(self) -> None:
        """Ask for the money of a new record that has an amount."""
        if self._state.adding:
            self.state = PayoutState.NOTHING if self.amount is None else PayoutState.ASKED

    @property
    def yuan_asked(self) -> Decimal:
        """The amount as a number."""
        return self.amount or Decimal("0.00")
