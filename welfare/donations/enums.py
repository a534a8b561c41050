"""Kinds of donation drives."""

from django.db import models


class DriveKind(models.TextChoices):
    CHARITY_DAY = "charity_day", "慈善一日捐"
    APPEAL = "appeal", "公益募捐"
    RELIEF = "relief", "救灾捐助"
    COLLEAGUE = "colleague", "爱心互助"
    GOODS = "goods", "捐赠物资"
