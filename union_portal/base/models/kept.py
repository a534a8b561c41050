"""Files that people gave the portal: where each lies, and what it was called."""

from django.db import models


class KeptPaper(models.Model):
    """A file kept with a record, which holds only its place in the storage; what it was called stands here."""

    place = models.CharField("存放位置", max_length=100, unique=True)
    name = models.CharField("文件名", max_length=200)
    kind = models.CharField("文件类型", max_length=8)
    size = models.PositiveIntegerField("字节数")
    # Empty for a file that came before the portal counted them and is gone from the disk.
    digest = models.CharField("SHA-256", max_length=64, blank=True)
    taken_at = models.DateTimeField("收取时间", auto_now_add=True)
    # Since when no record holds it; the sweep counts from here.
    unused_since = models.DateTimeField("停用时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "附件"

    def __str__(self) -> str:
        return self.name
