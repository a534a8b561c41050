"""What a posting stands for."""

from django.db import models


class PostingKind(models.TextChoices):
    """What a posting stands for."""

    ROUND = "round", "批次发放"
    PURCHASE = "purchase", "采购"
    GRANT = "grant", "单项慰问"
    COVER = "cover", "参保缴费"
    CHECKUP = "checkup", "体检报销"
    RECUPERATION = "recuperation", "疗休养"
    DONATION = "donation", "善款使用"
    REVERSAL = "reversal", "冲销"
    ADJUSTMENT = "adjustment", "以前年度调整"
    INCOME = "income", "收入"
    OPENING = "opening", "期初结余"
    RECORDED = "recorded", "补录"
