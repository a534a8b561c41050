"""Forms that were sent: what makes a second click, or a form sent again, show what the first one made."""

from django.db import models


class SentForm(models.Model):
    """One form that did something: a digest of who sent what with which form's key, and where it led."""

    digest = models.CharField("摘要", max_length=64, unique=True)
    address = models.CharField("结果页", max_length=500, blank=True)
    at = models.DateTimeField("时间", auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = verbose_name_plural = "已提交的表单"

    def __str__(self) -> str:
        return self.address
