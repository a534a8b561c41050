"""Bodies (教代会, 工代会), by delegates or by everybody."""

from django.db import models


class Body(models.TextChoices):
    """教代会 speaks for the staff, 工代会 for the union's members; both may sit together (双代会)."""

    STAFF = "staff", "教代会"
    UNION = "union", "工代会"


class Mode(models.TextChoices):
    """Who sits: elected delegates, or everybody (small units)."""

    DELEGATES = "delegates", "代表大会"
    EVERYBODY = "everybody", "全体大会"
