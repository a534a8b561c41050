"""Whom a health check is for and who pays, and the states of a check and of a booking with their moves."""

from django.db import models

from union_portal.base.states import Machine, Move

# The short code of a refund as a subject of the ledger.
SUBJECT = "check_refund"


class Audience(models.TextChoices):
    STAFF = "staff", "在职教职工"
    RETIRED = "retired", "离退休教职工"
    EVERYBODY = "everybody", "在职与离退休"


class Payer(models.TextChoices):
    """Health checks are the administration's duty and money; the union pays upon a written commission alone."""

    SCHOOL = "school", "学校行政经费"
    UNION = "union", "工会经费"


class HealthCheckState(models.TextChoices):
    PLANNED = "planned", "筹备中"
    OPEN = "open", "预约中"
    CLOSED = "closed", "已结束"
    CANCELLED = "cancelled", "已取消"


_PLANNED, _OPEN, _CLOSED = HealthCheckState.PLANNED, HealthCheckState.OPEN, HealthCheckState.CLOSED
HEALTH_CHECK_MACHINE = Machine(
    name="welfare.health_check",
    initial=[_PLANNED, _CLOSED],
    moves=[
        Move("open", _PLANNED, _OPEN, "开始预约"),
        Move("close", _OPEN, _CLOSED, "结束体检"),
        Move("reopen", _CLOSED, _OPEN, "重新开放", why=True),
        Move("cancel", _PLANNED, HealthCheckState.CANCELLED, "取消体检", why=True),
        Move("cancel", _CLOSED, HealthCheckState.CANCELLED, "取消体检", why=True),
    ],
    following={
        _PLANNED: "下一步：登记体检机构、套餐和体检日，然后开始预约。",
        _OPEN: "下一步：登记预约；体检后导入参检名单，登记自行体检的报销，全部办完后结束。",
        _CLOSED: "已结束，不再接受预约。",
    },
)


class BookingState(models.TextChoices):
    BOOKED = "booked", "已预约"
    ATTENDED = "attended", "已参检"
    REFUNDED = "refunded", "已报销"
    MISSED = "missed", "未参检"
    CANCELLED = "cancelled", "已撤销"


_CANCELLED = BookingState.CANCELLED
_INVOICE = ("invoice_number", "invoice_amount", "refunded_on")
BOOKING_MACHINE = Machine(
    name="welfare.check_booking",
    # Who stayed away and who was refunded is told by a list of the past too.
    initial=[BookingState.BOOKED, BookingState.ATTENDED, BookingState.MISSED, BookingState.REFUNDED],
    moves=[
        Move("attend", BookingState.BOOKED, BookingState.ATTENDED, "登记参检", required=("attended_on",)),
        Move("attend", BookingState.MISSED, BookingState.ATTENDED, "登记参检", required=("attended_on",)),
        Move("refund", BookingState.ATTENDED, BookingState.REFUNDED, "登记报销", required=_INVOICE),
        Move("rebook", BookingState.BOOKED, BookingState.BOOKED, "改约", required=("day",), why=True),
        Move("miss", BookingState.BOOKED, BookingState.MISSED, "登记未到", why=True),
        Move("cancel", BookingState.BOOKED, _CANCELLED, "撤销", why=True),
        Move("cancel", BookingState.ATTENDED, _CANCELLED, "撤销", why=True),
        Move("cancel", BookingState.REFUNDED, _CANCELLED, "撤销", why=True),
        Move("correct_refund", BookingState.REFUNDED, BookingState.ATTENDED, "退回报销", why=True),
    ],
    notes={"refund": "自行体检的按发票报销，以所属年龄段的标准为限。"},
    following={
        BookingState.BOOKED: "下一步：体检后登记参检，或导入医院的参检名单。",
        BookingState.REFUNDED: "报销已登记，由财务在体检安排的页面上入账；入账后本人可以领到。",
        BookingState.ATTENDED: "自行体检的，凭发票登记报销；在约定机构体检的已办完。",
    },
)
