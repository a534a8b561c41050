"""How somebody was checked in."""

from django.db import models


class CheckIn(models.TextChoices):
    CODE = "code", "个人签到码"
    LIST = "list", "名单签到"
