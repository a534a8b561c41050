"""提纲: which chapters and sections a report has, what they say, and which figures it counts, as editable data."""

import datetime as dt
from calendar import monthrange

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from union_portal.annual_report.outlines.enums import Style, Theme
from union_portal.base.history import tracked
from union_portal.base.periods import Span

LEAP_YEAR = 2000


@tracked()
class Outline(models.Model):
    """An outline. `title` and the paragraphs may use {year}, {period} and {union}."""

    code = models.SlugField("编码", unique=True)
    name = models.CharField("名称", max_length=64, unique=True)
    style = models.CharField("文体", max_length=16, choices=Style.choices)
    title = models.CharField("标题", max_length=200)
    salutation = models.CharField("称谓", max_length=64, blank=True)
    opening = models.TextField("开头", blank=True)
    closing = models.TextField("结尾", blank=True)
    empty_words = "报告的提纲：有哪些章节、统计哪些数字、文字怎么起头。"

    class Meta:
        verbose_name = verbose_name_plural = "提纲"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


@tracked()
class OutlineChapter(models.Model):
    """章: a heading above sections, and the lines that are counted for them."""

    outline = models.ForeignKey(Outline, models.CASCADE, related_name="chapters", verbose_name="提纲")
    position = models.PositiveSmallIntegerField("顺序")
    heading = models.CharField("标题", max_length=100)
    empty_words = "提纲中的章：标题和各章统计的数据。"

    class Meta:
        verbose_name = verbose_name_plural = "提纲章节"
        ordering = ["outline", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["outline", "position"], name="annual_report_chapter_once", deferrable=models.Deferrable.DEFERRED
            )
        ]

    def __str__(self) -> str:
        return self.heading


@tracked()
class OutlineSection(models.Model):
    """节: a heading (none: the text stands below the chapter's), paragraphs, and a text for the chair to start from.

    A section of a theme says nothing, its starter included, while nothing of the theme is on record.
    """

    chapter = models.ForeignKey(OutlineChapter, models.CASCADE, related_name="sections", verbose_name="章")
    position = models.PositiveSmallIntegerField("顺序")
    heading = models.CharField("标题", max_length=100, blank=True)
    theme = models.CharField("主题", max_length=16, choices=Theme.choices, blank=True)
    guidance = models.CharField("这里写什么", max_length=200, blank=True)
    starter = models.TextField("起始文字", blank=True)
    empty_words = "提纲中的节：标题、带数字的句子和起草时的文字。"

    class Meta:
        verbose_name = verbose_name_plural = "提纲的节"
        ordering = ["chapter", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["chapter", "position"], name="annual_report_section_once", deferrable=models.Deferrable.DEFERRED
            )
        ]

    def __str__(self) -> str:
        return self.heading or str(self.chapter)


@tracked()
class OutlineParagraph(models.Model):
    """段: sentences around figures, in the syntax of `composing.services.paragraphs`."""

    section = models.ForeignKey(OutlineSection, models.CASCADE, related_name="paragraphs", verbose_name="节")
    position = models.PositiveSmallIntegerField("顺序")
    text = models.TextField("正文")

    class Meta:
        verbose_name = verbose_name_plural = "提纲的段"
        ordering = ["section", "position", "pk"]

    def __str__(self) -> str:
        return self.text[:40]


@tracked()
class OutlineLine(models.Model):
    """数据项: a figure that the report counts, under the key by which paragraphs quote it.

    `kinds` together make one figure, each person counted once. `span` names the line's own period, or tells that it
    is `starts_on` to `ends_on`; `shift_months` moves it (-3: 2022Q4–2023Q3 in the report of 2023); `as_of_month` and
    `as_of_day` give an as-of figure its own day in the last year of the period (29 February: the last of February).
    """

    chapter = models.ForeignKey(OutlineChapter, models.CASCADE, related_name="lines", verbose_name="章")
    position = models.PositiveSmallIntegerField("顺序")
    key = models.CharField("键", max_length=64)
    kinds = ArrayField(models.CharField(max_length=64), verbose_name="数据项种类")
    label = models.CharField("名称", max_length=64)
    unit = models.CharField("单位", max_length=8, blank=True)
    decimals = models.PositiveSmallIntegerField("万元小数位", default=2)
    span = models.CharField("统计期", max_length=16, choices=Span.choices, blank=True, default=Span.REPORT)
    starts_on = models.DateField("自定统计期的起", null=True, blank=True)
    ends_on = models.DateField(
        "自定统计期的止", null=True, blank=True, help_text="如次年1月3日的会议仍计入本年；报告的标题不变。"
    )
    shift_months = models.SmallIntegerField("统计期平移月数", default=0)
    as_of_month = models.PositiveSmallIntegerField("时点的月份", null=True, blank=True)
    as_of_day = models.PositiveSmallIntegerField("时点的日", null=True, blank=True)
    in_table = models.BooleanField("列入福利表", default=False)
    in_chart = models.BooleanField("列入图表", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "提纲数据项"
        ordering = ["chapter", "position"]
        constraints = [
            models.UniqueConstraint(fields=["chapter", "key"], name="annual_report_line_once"),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="annual_report_line_days_in_order",
                violation_error_message="自定统计期的止不能早于起。",
            ),
            models.CheckConstraint(condition=Q(kinds__len__gte=1), name="annual_report_line_has_a_kind"),
            models.CheckConstraint(
                condition=Q(as_of_month__isnull=True, as_of_day__isnull=True)
                | Q(as_of_month__range=(1, 12), as_of_day__range=(1, 31)),
                name="annual_report_line_as_of_complete",
                violation_error_message="时点需同时填写月和日。",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        """Refuse a day that its month never has; 29 February is its last day."""
        if self.span == Span.OWN and not (self.starts_on or self.ends_on):
            raise ValidationError({"starts_on": "自定统计期请填写起或止。"})
        month, day = self.as_of_month, self.as_of_day
        if month and day and 1 <= month <= 12 and day > monthrange(LEAP_YEAR, month)[1]:
            raise ValidationError({"as_of_day": f"{month}月没有{day}日；月末请填{monthrange(LEAP_YEAR, month)[1]}日。"})

    def as_of(self, year: int) -> dt.date | None:
        """Return the line's own day of the year, if it has one; a day that February lacks is its last."""
        month, day = self.as_of_month, self.as_of_day
        return dt.date(year, month, min(day, monthrange(year, month)[1])) if month and day else None

    def get_inline_title(self) -> str:
        """Name the line where the chapter's lines stand folded, one below the other."""
        return f"{self.position}　{self.label}"
