"""整体导出: everything the portal holds in one archive, asked for by one and confirmed by another."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils import timezone

from union_portal.accounts.models.by_two import ByTwo, by_two
from union_portal.base.models import always
from union_portal.home.leaving.querysets import LeavingQuerySet

KEPT = dt.timedelta(days=7)


class Leaving(ByTwo):
    """An archive of everything. Made for the recipient, whose key was shown once; thrown away after some days."""

    concerned = ()

    reason = models.CharField("用途", max_length=150)
    asked_on = models.DateField("申请日期", default=timezone.localdate, editable=False)
    recipient = models.CharField("公钥", max_length=80, blank=True, editable=False)
    file = models.FileField("文件", upload_to="leaving/", blank=True, editable=False)
    size = models.PositiveBigIntegerField("字节数", null=True, editable=False)
    digest = models.CharField("SHA-256", max_length=64, blank=True, editable=False)
    made_at = models.DateTimeField("生成时间", null=True, editable=False)

    objects = LeavingQuerySet.as_manager()
    empty_words = "把全部名单、记录、文件、报告和台账装进一个加密的文件，供更换平台或长期保存；由一人申请、另一人确认。"

    class Meta:
        verbose_name = verbose_name_plural = "整体导出"
        ordering = ["-pk"]
        constraints = [
            by_two(),
            always(Q(asked_by__isnull=False), name="is_asked_for", words="整体导出须有人申请。"),
            always(
                Q(confirmed_by__isnull=False) | Q(recipient="", file=""),
                name="made_once_confirmed",
                words="整体导出须由第二人确认后才能生成。",
            ),
        ]

    def __str__(self) -> str:
        return f"整体导出 {self.asked_on}"

    @property
    def lock(self) -> str:
        """The key under which the worker makes it and the page finds its progress."""
        return f"home.leaving:{self.pk}"

    @property
    def kept_until(self) -> dt.date | None:
        """The last day on which it can be taken."""
        return timezone.localdate(self.made_at + KEPT) if self.made_at is not None else None

    def is_one_of_two(self, user: object) -> bool:
        """Tell whether the account asked for it or confirmed it: nobody else takes it away."""
        return user is not None and getattr(user, "pk", None) in {self.asked_by_id, self.confirmed_by_id} - {None}
