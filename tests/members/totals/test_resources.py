"""Totals of the time before the portal come by list."""

import io
from typing import Any

import pytest

from members.totals import resources as totals_resources
from members.totals import services as totals
from members.totals.models import SummaryRecord
from tests.members.lists import enter
from tests.members.register.test_lists import D
from union_portal.base import figures
from union_portal.base.spreadsheets.writing import write_xlsx


def test_totals_come_by_kind() -> None:
    key = next(iter(figures.kinds()))
    enter(
        totals_resources.SummaryResource,
        "类别 名称 起 止 人数 金额 约数 来源",
        [key, "会员", "2021-01-01", "2021-12-31", 517, "260,500.00", "余", "2021 年工作报告"],
    )
    record = SummaryRecord.objects.get()
    assert (record.kinds, record.heads, str(record.amount), record.approximation) == ([key], 517, "260500.00", "over")


def test_several_kinds_are_named_in_one_cell_and_one_nobody_knows_is_asked_for() -> None:
    (one, other), label = list(figures.kinds().items())[:2], "会员"
    row = [f"{other[1].label}+{one[0]}", label, "2021-01-01", "2021-12-31", 517, "", "", "2021 年工作报告"]
    enter(totals_resources.SummaryResource, "类别 名称 起 止 人数 金额 约数 来源", row)
    assert SummaryRecord.objects.get().kinds == sorted([one[0], other[0]])
    row[0] = f"{one[1].label}、慰问总数"
    preview = totals_resources.SummaryResource(actor=None).preview(
        io.BytesIO(write_xlsx(headings=["类别", "名称", "起", "止", "人数", "金额", "约数", "来源"], rows=[row]))
    )
    assert [asked.word for asked in preview.unknown] == ["慰问总数"]


def test_a_total_is_corrected_by_the_same_kinds_period_and_label() -> None:
    fields: dict[str, Any] = {"kinds": ["b", "a"], "period_start": D(2021, 1, 1), "period_end": D(2021, 12, 31)}
    totals.record_summary(**fields, source="表", heads=10)
    totals.record_summary(**fields, source="表", heads=12)
    assert SummaryRecord.objects.get().heads == 12


pytestmark = pytest.mark.django_db
