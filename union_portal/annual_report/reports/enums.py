"""The states of a report with their moves: one asks for the freeze, another confirms it."""

from django.db import models

from union_portal.base.states import Machine, Move


class ReportState(models.TextChoices):
    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "待确认"
    FREEZING = "freezing", "定稿中"
    FROZEN = "frozen", "已定稿"


# Its figures are counted anew whenever it is looked at.
LIVE = frozenset({ReportState.DRAFT, ReportState.SUBMITTED})

REPORT_MACHINE = Machine(
    name="annual_report.report",
    initial=[ReportState.DRAFT],
    moves=[
        Move("submit", ReportState.DRAFT, ReportState.SUBMITTED, "提交定稿"),
        Move("send_back", ReportState.SUBMITTED, ReportState.DRAFT, "退回修改", why=True),
        Move("freeze", ReportState.SUBMITTED, ReportState.FREEZING, "确认定稿", permission="freeze"),
        Move("finish", ReportState.FREEZING, ReportState.FROZEN, "完成定稿"),
        Move("fail", ReportState.FREEZING, ReportState.SUBMITTED, "定稿未成，退回待确认"),
    ],
)
