"""A report of a period: a draft with live figures until it is frozen; a frozen version never changes."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from union_portal.annual_report.enums import REPORT_MACHINE, ReportState
from union_portal.annual_report.models.outlines import Outline, OutlineChapter
from union_portal.base.history import tracked
from union_portal.base.models import StateMove


class AnnualReport(models.Model):
    """年度工作报告. `snapshot` holds the figures and the text as frozen; hashes are SHA-256 in hex."""

    machine = REPORT_MACHINE

    outline = models.ForeignKey(Outline, models.PROTECT, related_name="reports", verbose_name=_("outline"))
    title = models.CharField(_("title"), max_length=200)
    period_start = models.DateField(_("period from"))
    period_end = models.DateField(_("period to"))
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    revises = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="revised_by", verbose_name=_("revises")
    )
    revision_reason = models.CharField(_("reason of the revision"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=16, choices=ReportState.choices, default=ReportState.DRAFT)
    occasion = models.CharField(_("given at"), max_length=200, blank=True)
    speaker = models.CharField(_("speaker"), max_length=100, blank=True)
    signer = models.CharField(_("signed by"), max_length=100, blank=True)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("prepared by")
    )
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("frozen by")
    )
    frozen_at = models.DateTimeField(_("frozen"), null=True, blank=True)
    snapshot = models.JSONField(_("figures and text as frozen"), null=True, blank=True)
    snapshot_hash = models.CharField(max_length=64, blank=True)
    pdf = models.FileField(_("PDF"), upload_to="reports/", blank=True)
    pdf_hash = models.CharField(max_length=64, blank=True)
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    failure = models.TextField(_("why freezing failed"), blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("annual report")
        verbose_name_plural = _("annual reports")
        ordering = ["-period_end", "-version", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(period_end__gte=F("period_start")),
                name="annual_report_period_in_order",
                violation_error_message=_("The period ends after it began."),
            ),
            models.CheckConstraint(
                condition=~Q(state=ReportState.FROZEN)
                | (Q(snapshot__isnull=False, frozen_at__isnull=False) & ~Q(snapshot_hash="") & ~Q(pdf_hash="")),
                name="annual_report_frozen_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(revises__isnull=True) | ~Q(revision_reason=""),
                name="annual_report_revision_has_a_reason",
                violation_error_message=_("A revision needs its reason."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}（{self.version}）" if self.version > 1 else self.title


class ReportPreview(models.Model):
    """How a draft looked on paper the last time somebody asked, marked 草稿; gone when the report is frozen."""

    report = models.OneToOneField(AnnualReport, models.CASCADE, related_name="preview", verbose_name=_("report"))
    pdf = models.FileField(_("PDF"), upload_to="previews/")
    docx = models.FileField(_("Word"), upload_to="previews/")
    pages = models.PositiveIntegerField(_("pages"))
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("preview of a draft")
        verbose_name_plural = _("previews of drafts")

    def __str__(self) -> str:
        return f"{self.report} {self.made_at:%Y-%m-%d %H:%M}"


@tracked()
class ChapterText(models.Model):
    """叙述: what the chair writes around a chapter's figures; `{kind:heads}` quotes a live figure."""

    report = models.ForeignKey(AnnualReport, models.CASCADE, related_name="texts", verbose_name=_("report"))
    chapter = models.ForeignKey(OutlineChapter, models.PROTECT, related_name="texts", verbose_name=_("chapter"))
    text = models.TextField(_("narrative"), blank=True)
    closing = models.TextField(_("after the figures"), blank=True)

    class Meta:
        verbose_name = _("narrative")
        verbose_name_plural = _("narratives")
        ordering = ["chapter__position"]
        constraints = [models.UniqueConstraint(fields=["report", "chapter"], name="annual_report_text_once")]

    def __str__(self) -> str:
        return str(self.chapter)


class Explanation(models.Model):
    """Why two numbers that should agree do not, in a word; it stays with the report."""

    report = models.ForeignKey(AnnualReport, models.CASCADE, related_name="explanations", verbose_name=_("report"))
    key = models.CharField(_("figure"), max_length=64)
    text = models.CharField(_("explanation"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("time"), auto_now=True)

    class Meta:
        verbose_name = _("explanation")
        verbose_name_plural = _("explanations")
        constraints = [models.UniqueConstraint(fields=["report", "key"], name="annual_report_explanation_once")]

    def __str__(self) -> str:
        return self.text


class ReportMove(StateMove):
    subject = models.ForeignKey(AnnualReport, models.PROTECT, related_name="moves", verbose_name=_("report"))

    class Meta(StateMove.Meta):
        verbose_name = _("move of a report")
        verbose_name_plural = _("moves of reports")

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"
