"""A report of a period: a draft with live figures until it is frozen; a frozen version never changes."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from members.branches.enums import BranchKind
from members.branches.models import Branch
from union_portal.annual_report.outlines.models import Outline, OutlineSection
from union_portal.annual_report.reports.enums import REPORT_MACHINE, ReportState
from union_portal.annual_report.reports.querysets import AnnualReportQuerySet
from union_portal.base.history import tracked
from union_portal.base.models import StateMove, always, once
from union_portal.base.moments import minute


class AnnualReport(models.Model):
    """年度工作报告, of the school or of one branch.

    `snapshot` holds the figures and the text as frozen; hashes are SHA-256 in hex.
    """

    machine = REPORT_MACHINE
    objects = AnnualReportQuerySet.as_manager()

    outline = models.ForeignKey(Outline, models.PROTECT, related_name="reports", verbose_name="提纲")
    branch = models.ForeignKey(
        Branch,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reports",
        limit_choices_to=~Q(kind=BranchKind.SCHOOL),
        verbose_name="分工会",
        help_text="不选为全校的报告；选定后只统计该分工会及其下属小组。",
    )
    title = models.CharField("标题", max_length=200)
    period_start = models.DateField("期间起")
    period_end = models.DateField("期间止")
    version = models.PositiveSmallIntegerField("版本", default=1)
    revises = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="revised_by", verbose_name="修订自"
    )
    revision_reason = models.CharField("修订原因", max_length=200, blank=True)
    state = models.CharField("状态", max_length=16, choices=ReportState.choices, default=ReportState.DRAFT)
    occasion = models.CharField("报告场合", max_length=200, blank=True)
    speaker = models.CharField("报告人", max_length=100, blank=True)
    signer = models.CharField("落款单位", max_length=100, blank=True)
    sources = models.BooleanField(
        "附数据来源一览",
        default=True,
        help_text="列出每项数据的统计口径，供核对；不勾选时仍保存在 PDF 所附的数据文件中。",
    )
    signed_on = models.DateField("落款日期", null=True, blank=True)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="经办人"
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="提交人"
    )
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="定稿人"
    )
    frozen_at = models.DateTimeField("已定稿", null=True, blank=True)
    snapshot = models.JSONField("定稿时的数据与文字", null=True, blank=True)
    snapshot_hash = models.CharField(max_length=64, blank=True)
    pdf = models.FileField("PDF", upload_to="reports/", blank=True)
    pdf_hash = models.CharField(max_length=64, blank=True)
    docx = models.FileField("Word", upload_to="reports/", blank=True)
    docx_hash = models.CharField(max_length=64, blank=True)
    pages = models.PositiveIntegerField("页数", null=True, blank=True)
    failure = models.TextField("定稿未成的原因", blank=True)
    created_at = models.DateTimeField("建立时间", auto_now_add=True)
    empty_words = "年度工作报告：选定提纲和期间后自动统计，写好文字、送审、定稿成文。"

    class Meta:
        verbose_name = verbose_name_plural = "年度报告"
        ordering = ["-period_end", "-version", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(period_end__gte=F("period_start")),
                name="annual_report_period_in_order",
                violation_error_message="期间的结束日期应晚于开始日期。",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReportState.FROZEN)
                | (Q(snapshot__isnull=False, frozen_at__isnull=False) & ~Q(snapshot_hash="") & ~Q(pdf_hash="")),
                name="annual_report_frozen_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(revises__isnull=True) | ~Q(revision_reason=""),
                name="annual_report_revision_has_a_reason",
                violation_error_message="修订须写明原因。",
            ),
            always(
                Q(frozen_by__isnull=True) | Q(submitted_by__isnull=True) | ~Q(frozen_by=F("submitted_by")),
                name="second_person",
                words="提交定稿的人不能自己确认，请由另一位负责人确认定稿。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}（{self.version}）" if self.version > 1 else self.title


class ReportPreview(models.Model):
    """How a draft looked on paper the last time somebody asked, marked 草稿; gone when the report is frozen."""

    report = models.OneToOneField(AnnualReport, models.CASCADE, related_name="preview", verbose_name="报告")
    pdf = models.FileField("PDF", upload_to="previews/")
    docx = models.FileField("Word", upload_to="previews/")
    pages = models.PositiveIntegerField("页数")
    made_at = models.DateTimeField("生成时间")

    class Meta:
        verbose_name = verbose_name_plural = "草稿预览"

    def __str__(self) -> str:
        return f"{self.report} {minute(self.made_at)}"


@tracked()
class SectionText(models.Model):
    """叙述: the chair's own words before and after a section's paragraphs; `{key:part}` in them quotes a live figure.

    `version` counts the savings, so that of two who write the same section the second is told.
    """

    report = models.ForeignKey(AnnualReport, models.CASCADE, related_name="texts", verbose_name="报告")
    section = models.ForeignKey(OutlineSection, models.PROTECT, related_name="texts", verbose_name="节")
    text = models.TextField("叙述", blank=True)
    closing = models.TextField("数据之后的叙述", blank=True)
    version = models.PositiveIntegerField("版本", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "叙述"
        ordering = ["section__chapter__position", "section__position"]
        constraints = [models.UniqueConstraint(fields=["report", "section"], name="annual_report_section_text_once")]

    def __str__(self) -> str:
        return str(self.section)


class UnsavedText(models.Model):
    """暂存文字: what somebody has typed into a section and not saved; theirs alone, and gone once it is saved.

    `over` is the version of the section's text over which it was typed. It is kept every few seconds, without history.
    """

    report = models.ForeignKey(AnnualReport, models.CASCADE, related_name="unsaved", verbose_name="报告")
    section = models.ForeignKey(OutlineSection, models.CASCADE, related_name="+", verbose_name="节")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="填写人")
    text = models.TextField("叙述", blank=True)
    closing = models.TextField("数据之后的叙述", blank=True)
    over = models.PositiveIntegerField("所据版本", default=0)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "暂存文字"
        constraints = [once("report", "section", "by", words="这一节已有您暂存的文字。")]

    def __str__(self) -> str:
        return f"{self.section} {minute(self.at)}"


class Explanation(models.Model):
    """Why two numbers that should agree do not, in a word; it stays with the report."""

    report = models.ForeignKey(AnnualReport, models.CASCADE, related_name="explanations", verbose_name="报告")
    key = models.CharField("数据项", max_length=64)
    text = models.CharField("说明", max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="经手人")
    at = models.DateTimeField("时间", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "说明"
        constraints = [models.UniqueConstraint(fields=["report", "key"], name="annual_report_explanation_once")]

    def __str__(self) -> str:
        return self.text


class ReportMove(StateMove):
    subject = models.ForeignKey(AnnualReport, models.PROTECT, related_name="moves", verbose_name="报告")

    class Meta(StateMove.Meta):
        verbose_name = verbose_name_plural = "报告流转记录"

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"
