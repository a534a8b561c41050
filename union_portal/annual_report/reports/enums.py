"""The states of a report with their moves."""

from django.db import models

from union_portal.base.states import Machine, Move


class ReportState(models.TextChoices):
    DRAFT = "draft", "草稿"
    FREEZING = "freezing", "定稿中"
    FROZEN = "frozen", "已定稿"


REPORT_MACHINE = Machine(
    name="annual_report.report",
    initial=[ReportState.DRAFT],
    moves=[
        Move("freeze", ReportState.DRAFT, ReportState.FREEZING, "定稿", permission="freeze"),
        Move("finish", ReportState.FREEZING, ReportState.FROZEN, "完成定稿"),
        Move("fail", ReportState.FREEZING, ReportState.DRAFT, "退回草稿"),
    ],
)
