"""What finance may ask to be posted, and how far a request is."""

from django.db import models

from union_portal.base.states import Machine, Move


class RequestKind(models.TextChoices):
    REVERSAL = "reversal", "冲销"
    INCOME = "income", "收入"
    OPENING = "opening", "期初结余"


class RequestState(models.TextChoices):
    REQUESTED = "requested", "待审批"
    POSTED = "posted", "已记账"
    DECLINED = "declined", "未通过"
    WITHDRAWN = "withdrawn", "已撤回"
    REVERSED = "reversed", "已冲销"


# Opening balances that count: asked for or posted.
COUNTING = (RequestState.REQUESTED, RequestState.POSTED)

REQUEST_MACHINE = Machine(
    name="welfare.postingrequest",
    initial=[RequestState.REQUESTED],
    moves=[
        Move("approve", RequestState.REQUESTED, RequestState.POSTED, "批准并记账", permission="approve"),
        Move("decline", RequestState.REQUESTED, RequestState.DECLINED, "不予批准", why=True, permission="approve"),
        Move("withdraw", RequestState.REQUESTED, RequestState.WITHDRAWN, "撤回申请", why=True, permission="enter"),
        # Its own posting was reversed by another request.
        Move("reverse", RequestState.POSTED, RequestState.REVERSED, "冲销", why=True),
    ],
)
