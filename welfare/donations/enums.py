"""Kinds of donation drives, and how the use of their money goes on."""

from django.db import models

from union_portal.base.states import Machine, Move


class DriveKind(models.TextChoices):
    CHARITY_DAY = "charity_day", "慈善一日捐"
    APPEAL = "appeal", "公益募捐"
    RELIEF = "relief", "救灾捐助"
    COLLEAGUE = "colleague", "爱心互助"
    GOODS = "goods", "捐赠物资"


class UseState(models.TextChoices):
    ASKED = "asked", "待审批"
    PAID = "paid", "已支付"
    DECLINED = "declined", "未通过"
    REVERSED = "reversed", "已冲销"


# What is spoken for: paid, or waiting for whoever approves.
SPOKEN_FOR = (UseState.ASKED, UseState.PAID)

_POSTED = ("account", "posted_on")
USE_MACHINE = Machine(
    name="welfare.donationuse",
    initial=[UseState.ASKED],
    moves=[
        Move("approve", UseState.ASKED, UseState.PAID, "批准并记账", required=_POSTED, permission="approve"),
        Move("decline", UseState.ASKED, UseState.DECLINED, "不予批准", why=True, permission="approve"),
        # Its entry was reversed in the ledger.
        Move("reverse", UseState.PAID, UseState.REVERSED, "冲销", why=True),
    ],
)
