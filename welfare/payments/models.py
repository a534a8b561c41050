"""What every kind of payment keeps (支付): how much, on which account, who asked, and the posting."""

from typing import Any, ClassVar

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q

from union_portal.base.models import always
from union_portal.base.money import grouped
from union_portal.base.validators import not_in_future
from welfare.books.enums import AccountKind
from welfare.books.models import Fund, LedgerAccount
from welfare.ledger.enums import PostingKind
from welfare.ledger.models import Posting
from welfare.payments.enums import PaymentState


def account_field(kind: AccountKind) -> Any:
    """Return the field of the account that the approval chooses among those of the kind."""
    chosen = {"active": True, "kind": kind}
    return models.ForeignKey(
        *(LedgerAccount, models.PROTECT),
        null=True,
        blank=True,
        related_name="+",
        verbose_name="科目",
        limit_choices_to=chosen,
    )


class Payment(models.Model):
    """Money that belongs to an `owner`: asked for by one person, posted once when a second approves.

    A concrete kind has its `machine` (`payment_machine`), its log, and names the foreign key to its `owner`, whose
    `fund` pays. Who gets it, if a person of the register, is its `person`: nobody decides for himself or his kin.
    """

    owner: ClassVar[str] = ""
    posting_kind: ClassVar[PostingKind]

    amount = models.DecimalField("金额（元）", max_digits=12, decimal_places=2)
    state = models.CharField("状态", max_length=8, choices=PaymentState.choices, default=PaymentState.ASKED)
    account = account_field(AccountKind.EXPENSE)
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
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="申请人"
    )

    class Meta:
        abstract = True
        constraints = [
            always(Q(amount__gt=0), name="amount_positive", words="金额须大于零。"),
            always(~Q(state=PaymentState.PAID) | Q(posting__isnull=False), name="paid_is_posted"),
        ]

    @property
    def owned_by(self) -> Any:
        """Return the record that the payment belongs to."""
        return getattr(self, self.owner)

    @property
    def fund(self) -> Fund | None:
        """Return the fund that pays."""
        found: Fund | None = self.owned_by.fund
        return found

    @property
    def summary(self) -> str:
        """Return what the posting says: no name, no illness."""
        return f"{self.owned_by}"

    def obstacle(self) -> str:
        """Say why it cannot be posted now; nothing where it can."""
        return "" if self.fund else f"请先在“{self.owned_by}”中填写资金来源。"

    def in_words(self) -> str:
        """Say how much, in a sentence."""
        return f"{grouped(self.amount)} 元"


def payments() -> list[type[Payment]]:
    """Return every kind of payment."""
    return [model for model in apps.get_models() if issubclass(model, Payment)]
