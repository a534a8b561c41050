"""What one batch of work, such as an import, did to each row; written by the database itself."""

from django.db import models

from union_portal.base.models.abstract import AppendOnlyModel


class RowChange(AppendOnlyModel):
    """A row before a change of the batch and after it: `was` is empty for a new one, `became` for one that is gone.

    Values stand as stored: what is encrypted in its table is so here. A trigger of every table that can be taken back
    writes it while a batch is named (`union_portal.base.importing.noting`).
    """

    batch = models.UUIDField("批次")
    of_table = models.CharField("表", max_length=63)
    key = models.CharField("主键", max_length=64)
    was = models.JSONField("原值", null=True)
    became = models.JSONField("新值", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "逐行改动"
        indexes = [models.Index(fields=["batch", "of_table", "key"], name="base_rowchange_batch")]

    def __str__(self) -> str:
        return f"{self.of_table} {self.key}"
