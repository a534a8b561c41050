"""The report's vocabulary."""

from django.db import models

from union_portal.base.states import Machine, Move


class Style(models.TextChoices):
    """What a report is for: read aloud to the congress, or handed in as a department's summary."""

    SPEECH = "speech", "向大会的报告"
    SUMMARY = "summary", "部门总结"


class ReportState(models.TextChoices):
    DRAFT = "draft", "草稿"
    FREEZING = "freezing", "定稿中"
    FROZEN = "frozen", "已定稿"


REPORT_MACHINE = Machine(
    name="annual_report.report",
    initial=[ReportState.DRAFT],
    moves=[
        Move("freeze", ReportState.DRAFT, ReportState.FREEZING, "定稿"),
        Move("finish", ReportState.FREEZING, ReportState.FROZEN, "完成定稿"),
        Move("fail", ReportState.FREEZING, ReportState.DRAFT, "退回草稿"),
    ],
)
