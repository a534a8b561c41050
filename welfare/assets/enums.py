"""Kinds of assets, and what a count of one found."""

from django.db import models


class AssetKind(models.TextChoices):
    BUILDING = "building", "房屋建筑物"
    OFFICE = "office", "办公设备"
    SPECIAL = "special", "专用设备"
    SPORTS = "sports", "文体器材"
    VEHICLE = "vehicle", "交通工具"
    BOOKS = "books", "图书"
    OTHER = "other", "其他"


class Found(models.TextChoices):
    MATCHES = "matches", "账实相符"
    MISSING = "missing", "盘亏"
    DAMAGED = "damaged", "损坏"
    SURPLUS = "surplus", "盘盈"
