"""The log of who looked at, exported or printed personal data, and who signed in."""

from typing import ClassVar

from django.db import models

from union_portal.accounts.enums import Access, DataClass
from union_portal.accounts.models.user import User
from union_portal.accounts.querysets import AccessQuerySet
from union_portal.base.models import AppendOnlyModel
from union_portal.base.moments import minute


class AccessEntry(AppendOnlyModel):
    """One access, written once. `subject` names the thing by kind and number, never by a person's name."""

    # Who imported what stays written when an import is taken back.
    notes_changes: ClassVar[bool] = False

    at = models.DateTimeField("时间", auto_now_add=True, db_index=True)
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="账号")
    action = models.CharField("操作", max_length=16, choices=Access.choices)
    kind = models.CharField("记录种类", max_length=64, blank=True)
    subject = models.CharField("记录", max_length=200, blank=True)
    data_class = models.CharField("信息类别", max_length=16, choices=DataClass.choices, blank=True)
    purpose = models.CharField("用途", max_length=200, blank=True)
    rows = models.PositiveIntegerField("行数", null=True, blank=True)
    address = models.GenericIPAddressField("网络地址", null=True, blank=True)

    objects = AccessQuerySet.as_manager()
    empty_words = "登录、查看完整信息、导入、导出和打印都自动记在这里，不能修改。"

    class Meta:
        verbose_name = verbose_name_plural = "访问日志"
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{minute(self.at)} {self.get_action_display()} {self.kind} {self.subject}"
