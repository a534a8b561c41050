"""Ways to buy, and by which channel a purchase helps a region."""

from django.db import models


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
