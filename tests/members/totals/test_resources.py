"""Totals of the time before the portal come by list."""

import io
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from members.totals import resources as totals_resources
from members.totals import services as totals
from members.totals.models import SummaryRecord
from tests.factories import members
from tests.factories.accounts import signed_in
from tests.members.lists import enter
from tests.members.register import hr_spreadsheet
from tests.members.register.test_lists import D
from union_portal.accounts.enums import Role
from union_portal.base import figures
from union_portal.base.spreadsheets.errors import CellError
from union_portal.base.spreadsheets.spoken import Said, Spoken
from union_portal.base.spreadsheets.writing import write_xlsx


def test_totals_come_by_kind() -> None:
    key = next(iter(figures.kinds()))
    enter(
        totals_resources.SummaryResource,
        "类别 名称 起 止 人数 金额 约数 来源",
        [key, "会员", "2021-01-01", "2021-12-31", 517, "260,500.00", "金额余", "2021 年工作报告"],
    )
    record = SummaryRecord.objects.get()
    assert (record.kinds, record.heads, str(record.amount)) == ([key], 517, "260500.00")
    assert (record.heads_word, record.amount_word) == ("", "over")


@pytest.mark.parametrize(
    ("cell", "number", "word"),
    [
        *((20, 20, ""), ("近20", 20, "近"), ("20余", 20, "余"), ("二百多人", 200, "余"), ("约1,024人", 1024, "约")),
        *(
            ("417余万", 4170000, "余"),
            ("417万余元", 4170000, "余"),
            ("近十万元", 100000, "近"),
            ("５０００元整", 5000, "整"),
        ),
    ],
)
def test_a_number_is_read_with_its_word(cell: object, number: int, word: str) -> None:
    assert Spoken().parse(cell) == Said(Decimal(number), word)  # type: ignore[arg-type]


@pytest.mark.parametrize("cell", ["近20余", "近", "二十人以外", "98%", "20.5", "-3", True])
def test_what_is_no_number_with_a_word_is_refused(cell: object) -> None:
    with pytest.raises(CellError):
        Spoken().parse(cell)  # type: ignore[arg-type]


def test_a_word_belongs_to_its_number_and_one_that_could_mean_either_is_asked_for() -> None:
    headings, period = "类别 起 止 人数 人次 金额 比率 约数 来源", ["2021-01-01", "2021-12-31"]
    key = "welfare.wedding"
    enter(totals_resources.SummaryResource, headings, [key, *period, "近20", 21, "417余万", "", "", "2021 年工作报告"])
    record = SummaryRecord.objects.get()
    assert [(getattr(record, one), record.word_of(one)) for one in ("heads", "times", "amount")] == [
        *((20, "近"), (21, ""), (4170000, "余"))
    ]
    resource = totals_resources.SummaryResource()
    assert resource.export_value(resource.columns["heads"], record) == "近20"
    enter(totals_resources.SummaryResource, headings, [key, *period, "", 21, "", "", "约", "2021 年工作报告"])
    record.refresh_from_db()
    assert (record.word_of("times"), record.word_of("heads")) == ("约", "近")
    file = hr_spreadsheet.workbook(
        [[key, *period, 20, 21, "", "", "余", "2021 年工作报告"]], headings=tuple(headings.split())
    )
    (fault,) = totals_resources.SummaryResource(actor=None).preview(file).faults
    assert (fault.label, "“余”是哪一个数的" in fault.reason) == ("约数", True)


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


def test_labels_that_hold_a_mark_are_read_beside_others() -> None:
    labels = ["教代会、工代会会议", "立案提案", "新会员（入会及转入）"]
    row = ["、".join(labels), "2021-01-01", "2021-12-31", 20, "2021 年工作报告"]
    enter(totals_resources.SummaryResource, "类别 起 止 人次 来源", row)
    assert SummaryRecord.objects.get().kinds == ["congress.proposals.filed", "congress.sessions", "members.new"]


def test_every_kind_is_named_with_its_key_by_the_command_and_the_page() -> None:
    out = io.StringIO()
    call_command("import_kinds", "summary_records", stdout=out)
    page = signed_in(members.account_with_role(Role.ORGANISATION)).get(
        reverse("home:import_columns", args=["summary_records"])
    )
    for key, kind in figures.kinds().items():
        assert f"    {kind.label}  {key}\n" in out.getvalue()
        assert f'>{kind.label}</td><td data-label="代码">{key}</td>' in page.content.decode()
    with pytest.raises(CommandError):
        call_command("import_kinds", "nothing")


def test_a_total_is_corrected_by_the_same_kinds_period_and_label() -> None:
    fields: dict[str, Any] = {"kinds": ["b", "a"], "period_start": D(2021, 1, 1), "period_end": D(2021, 12, 31)}
    totals.record_summary(**fields, source="表", heads=10)
    totals.record_summary(**fields, source="表", heads=12)
    assert SummaryRecord.objects.get().heads == 12


pytestmark = pytest.mark.django_db
