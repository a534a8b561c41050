"""Files that accounts asked for and that took too long to be waited for."""

from django.db import models

from union_portal.accounts.enums import DataClass
from union_portal.base.models import once
from union_portal.base.models.papers import AskedPaper, PaperState
from union_portal.home.files.querysets import AskedFileQuerySet


class AskedFile(AskedPaper):
    """A list or a paper that somebody asked for: made by the worker, kept encrypted for days, its asker's alone."""

    title = models.CharField("文件", max_length=200)
    # By which maker (`union_portal.base.files`), and what it was asked.
    maker = models.CharField("来源", max_length=64)
    asked = models.JSONField("要求", default=dict)
    digest = models.CharField("摘要", max_length=64)
    # What the asker was when it was made: a file outlives no right by which it was made.
    standing = models.JSONField("生成时的角色", default=list)
    name = models.CharField("文件名", max_length=200, blank=True)
    content_type = models.CharField("类型", max_length=100, blank=True)
    rows = models.PositiveIntegerField("行数", null=True, blank=True)
    data_class = models.CharField("信息类别", max_length=16, choices=DataClass.choices, blank=True)
    # What was found, where something was looked into and no file made.
    words = models.CharField("结果", max_length=500, blank=True, default="")
    shown = models.BooleanField("在浏览器中打开", default=False)
    taken_at = models.DateTimeField("下载时间", null=True, blank=True)
    file = models.FileField("密封的文件", upload_to="asked-files/", blank=True)

    objects = AskedFileQuerySet.as_manager()

    class Meta(AskedPaper.Meta):
        verbose_name = verbose_name_plural = "生成的文件"
        constraints = [
            once(
                *("requested_by", "digest"),
                condition=models.Q(state__in=[PaperState.WAITING, PaperState.WORKING]),
                name="under_way_once",
                words="这份文件正在生成。",
            ),
        ]

    def __str__(self) -> str:
        return self.title
