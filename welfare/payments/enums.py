"""How money that one person asks for and another approves goes on: the same table for every kind of it."""

from django.db import models

from union_portal.base.states import Machine, Move


class PaymentState(models.TextChoices):
    ASKED = "asked", "待审批"
    PAID = "paid", "已记账"
    DECLINED = "declined", "未通过"
    REVERSED = "reversed", "已冲销"


# What is spoken for: paid, or waiting for whoever approves.
SPOKEN_FOR = (PaymentState.ASKED, PaymentState.PAID)

_POSTED = ("account", "posted_on")


def payment_machine(name: str) -> Machine:
    """Return the table of moves of one kind of payment, stored under its name."""
    return Machine(
        name=name,
        initial=[PaymentState.ASKED],
        moves=[
            Move(
                "approve", PaymentState.ASKED, PaymentState.PAID, "批准并记账", required=_POSTED, permission="approve"
            ),
            Move("decline", PaymentState.ASKED, PaymentState.DECLINED, "不予批准", why=True, permission="approve"),
            # Its entry was reversed in the ledger.
            Move("reverse", PaymentState.PAID, PaymentState.REVERSED, "冲销", why=True),
        ],
        following={PaymentState.ASKED: "下一步：由另一人批准，批准后记入台账。"},
    )
