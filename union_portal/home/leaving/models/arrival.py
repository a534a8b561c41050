"""整体迁入: another portal's archive on its way into this empty one."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from union_portal.base.fields import EncryptedTextField
from union_portal.base.models import always, once
from union_portal.home.leaving.enums import ListState
from union_portal.home.leaving.querysets import ArrivalQuerySet


def _place(_arrival: "Arrival", _name: str) -> str:
    return f"arriving/{uuid.uuid4()}.zip"


class Arrival(models.Model):
    """An archive that somebody uploaded: what became of each of its lists. File and key go as soon as it is over."""

    name = models.CharField("文件名", max_length=200, editable=False)
    file = models.FileField("整体导出的文件", upload_to=_place, blank=True)
    key = EncryptedTextField("密钥", blank=True, default="")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False, verbose_name="迁入人"
    )
    at = models.DateTimeField("上传时间", auto_now_add=True)
    # Of whom the archive is, and when it was made, as its encrypted part says.
    union = models.CharField("来自", max_length=200, blank=True, editable=False)
    made_at = models.DateTimeField("导出时间", null=True, editable=False)
    # By list, in their order: kind, label, path, rows, state, and what was done or found.
    lists: Any = models.JSONField("名单", default=list, editable=False)
    # Until it is done, given up, or its days are over.
    is_open = models.BooleanField("办理中", default=True, editable=False)
    done_at = models.DateTimeField("完成时间", null=True, editable=False)

    objects = ArrivalQuerySet.as_manager()
    empty_words = "原来在另一个平台办公的，把那里“整体导出”的文件连同密钥传上来，名单逐份导入；本平台须是空的。"

    class Meta:
        verbose_name = verbose_name_plural = "整体迁入"
        ordering = ["-pk"]
        constraints = [
            once("is_open", condition=Q(is_open=True), name="one_at_a_time", words="已有一份整体迁入没有办完。"),
            always(
                Q(is_open=True) | Q(file="", key=""),
                name="keeps_nothing",
                words="整体迁入办完后不留文件和密钥。",
            ),
        ]

    def __str__(self) -> str:
        return f"整体迁入 {self.name}"

    @property
    def lock(self) -> str:
        """The key under which the worker takes it in and the page finds its progress."""
        return f"home.arrival:{self.pk}"

    @property
    def refused(self) -> dict[str, Any] | None:
        """The list that was refused last, at which all stopped."""
        return next((one for one in self.lists if one["state"] == ListState.REFUSED), None)
