"""The report's vocabulary."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from union_portal.base.states import Machine, Move


class Style(models.TextChoices):
    """What a report is for: read aloud to the congress, or handed in as a department's summary."""

    SPEECH = "speech", _("speech to the congress")
    SUMMARY = "summary", _("departmental summary")


class ReportState(models.TextChoices):
    DRAFT = "draft", _("draft")
    FREEZING = "freezing", _("being frozen")
    FROZEN = "frozen", _("frozen")


REPORT_MACHINE = Machine(
    name="annual_report.report",
    initial=[ReportState.DRAFT],
    moves=[
        Move("freeze", ReportState.DRAFT, ReportState.FREEZING, _("Freeze")),
        Move("finish", ReportState.FREEZING, ReportState.FROZEN, _("Finish")),
        Move("fail", ReportState.FREEZING, ReportState.DRAFT, _("Back to draft")),
    ],
)
