"""Who pays for a cover."""

from django.db import models


class PayerShare(models.TextChoices):
    UNION = "union", "工会"
    MEMBER = "member", "会员"
    SHARED = "shared", "共同负担"
