"""Kinds of offers to members."""

from django.db import models


class OfferKind(models.TextChoices):
    GROUP_BUY = "group_buy", "惠民团购"
    FAIR = "fair", "惠民展销"
    DELIVERY = "delivery", "送购上门"
