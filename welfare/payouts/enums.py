"""How money of the union goes that one person asks for and another approves."""

from django.db import models

from union_portal.base.states import Machine, Move


class PayoutState(models.TextChoices):
    NOTHING = "nothing", "无需列支"
    ASKED = "asked", "待审批"
    PAID = "paid", "已记账"
    DECLINED = "declined", "未通过"
    REVERSED = "reversed", "已冲销"
    ANNULLED = "annulled", "已撤销"


# Money that was given, or will be.
GIVEN = (PayoutState.ASKED, PayoutState.PAID)


# What the approval fills in.
POSTED = ("fund", "account", "posted_on")


def payout_machine(name: str) -> Machine:
    """Return the table of moves of a kind of record that may cost money; each kind has its own name."""
    asked = {
        PayoutState.NOTHING: "申请列支",
        PayoutState.ASKED: "更正金额",
        **dict.fromkeys((PayoutState.DECLINED, PayoutState.REVERSED), "重新申请"),
    }
    return Machine(
        name=name,
        initial=[PayoutState.NOTHING, PayoutState.ASKED],
        moves=[
            Move("approve", PayoutState.ASKED, PayoutState.PAID, "批准并记账", required=POSTED, permission="approve"),
            Move("decline", PayoutState.ASKED, PayoutState.DECLINED, "不予批准", why=True, permission="approve"),
            *(
                Move("ask", state, PayoutState.ASKED, label, required=("amount",), why=True)
                for state, label in asked.items()
            ),
            *(
                Move("annul", state, PayoutState.ANNULLED, "撤销登记", why=True)
                for state in PayoutState
                if state not in (PayoutState.PAID, PayoutState.ANNULLED)
            ),
            # Its entry was reversed in the ledger.
            Move("reverse", PayoutState.PAID, PayoutState.REVERSED, "冲销", why=True),
        ],
        notes={
            "approve": "由另一人批准，同时记入台账。",
            "decline": "不予列支，须写明原因；更正后可以重新申请。",
            "annul": "登记错了才用；已记账的先由财务冲销。",
            "ask": "填写应列支的金额，由另一人批准后记账。",
        },
        following={PayoutState.ASKED: "待主席、副主席或财务批准并记账。"},
    )
