"""What an account keeps of the desk's lists."""

from django.conf import settings
from django.db import models

from union_portal.base.models import once


class SavedFilter(models.Model):
    """A list as somebody often looks at it: its search, filters and order, by a name of one's own."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_filters", verbose_name="账号"
    )
    shown = models.CharField("列表", max_length=100)
    name = models.CharField("名称", max_length=30)
    asked = models.CharField("筛选条件", max_length=2000)

    class Meta:
        verbose_name = verbose_name_plural = "常用筛选"
        ordering = ["name", "pk"]
        constraints = [once("account", "shown", "name", words="已有同名的常用筛选。")]

    def __str__(self) -> str:
        return self.name
