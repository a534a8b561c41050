"""Ways to buy, by which channel a purchase helps a region, how a purchase goes on, and how goods come and go."""

from django.db import models

from union_portal.base.states import Machine, Move


class Method(models.TextChoices):
    OWN = "own", "自行采购"
    QUOTES = "quotes", "三方比价"
    TENDER = "tender", "公开招标"
    SINGLE = "single", "单一来源"
    SCHOOL = "school", "学校统一采购"


class Channel(models.TextChoices):
    """帮扶渠道."""

    PLATFORM = "platform", "832平台"
    DIRECT = "direct", "定点帮扶采购"


class ProcurementState(models.TextChoices):
    ASKED = "asked", "待审批"
    APPROVED = "approved", "待验收"
    ACCEPTED = "accepted", "已验收"
    DECLINED = "declined", "未批准"
    CANCELLED = "cancelled", "已取消"
    PAST = "past", "补录"


# What may still be changed freely: nobody has decided about it here.
UNDECIDED = (ProcurementState.ASKED, ProcurementState.PAST)
# What was bought, or will be.
BOUGHT = (ProcurementState.APPROVED, ProcurementState.ACCEPTED, ProcurementState.PAST)
# Whose invoices are taken and posted.
PAID_FOR = (ProcurementState.ACCEPTED, ProcurementState.PAST)

_RECEIVED = ("accepted_on", "accepted_by", "quantity")
PROCUREMENT_MACHINE = Machine(
    name="welfare.procurement",
    # A list of earlier years brings what was bought and approved on paper.
    initial=[ProcurementState.ASKED, ProcurementState.PAST],
    moves=[
        Move("approve", ProcurementState.ASKED, ProcurementState.APPROVED, "批准采购", permission="approve"),
        Move("accept", ProcurementState.APPROVED, ProcurementState.ACCEPTED, "登记验收", required=_RECEIVED),
        Move("decline", ProcurementState.ASKED, ProcurementState.DECLINED, "不予批准", why=True, permission="approve"),
        Move("cancel", ProcurementState.ASKED, ProcurementState.CANCELLED, "取消采购", why=True),
        Move("cancel", ProcurementState.APPROVED, ProcurementState.CANCELLED, "取消采购", why=True),
        Move("cancel", ProcurementState.PAST, ProcurementState.CANCELLED, "取消采购", why=True),
    ],
    notes={
        "approve": "批准后金额、供应商和采购方式不能再改。",
        "accept": "填写实收数量；验收后可登记发票，物品计入库存。",
    },
    following={
        ProcurementState.ASKED: "下一步：补齐报价和材料，由另一人批准。",
        ProcurementState.APPROVED: "下一步：签订合同，到货后登记验收。",
        ProcurementState.ACCEPTED: "下一步：登记发票，由另一人批准并记账；物品领用后登记出库。",
    },
)


class GoodsMoveKind(models.TextChoices):
    OUT = "out", "领用出库"
    BACK = "back", "退回入库"
    LOST = "lost", "报损"
