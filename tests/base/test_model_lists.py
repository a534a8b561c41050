"""A list read from its model: what it takes, refuses, changes, logs and gives back."""

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest
from django.apps import apps

from tests.base.importing_samples import csv_file, xlsx_file
from tests.factories.accounts import account
from tests.sample.models import Damage, Loan, LoanMove, LoanState, Notice, Shelf
from tests.sample.resources import LoanList, NoticeList
from union_portal.base.errors import DomainError
from union_portal.base.importing.exporting import export
from union_portal.base.importing.lists import ModelList
from union_portal.base.importing.lookups import LOOKUPS, parser_for
from union_portal.base.importing.preview import ImportRefused, Status
from union_portal.base.importing.sheets import template
from union_portal.base.spreadsheets.parsers import Choice
from union_portal.base.steps import record

pytestmark = pytest.mark.django_db
DAY = dt.date(2024, 3, 1)
LOG: Any = LoanMove
HEADINGS = ["标题", "类别", "发布日期", "阅读人数"]


def test_columns_keys_and_template_come_from_the_model() -> None:
    columns = {column.key: column for column in LoanList.kind.columns}
    assert list(columns) == [
        "item",
        "lent_on",
        "due_on",
        "shelf",
        "borrower",
        "worth",
        "branch_only",
        "returned_on",
        "state",
    ]
    assert [key for key, column in columns.items() if column.required] == ["item", "lent_on"]
    assert columns["due_on"].label == "应还日期"
    assert NoticeList.kind.permission == "sample.import_notice"
    sheet: Any = openpyxl.load_workbook(io.BytesIO(template(LoanList.kind))).active
    assert next(sheet.values)[:3] == ("物品", "借出日期", "应还日期")


def test_new_rows_go_in_and_a_corrected_list_is_shown_as_old_and_new() -> None:
    who = account()
    NoticeList(actor=who).confirm(
        csv_file(HEADINGS, ["换届公告", "新闻", "2024-03-01", "20"], ["征集", "征集", "2024-03-02", ""])
    )
    assert set(Notice.objects.values_list("title", "kind", "readers")) == {
        ("换届公告", "news", 20),
        ("征集", "call", None),
    }
    corrected = csv_file(HEADINGS, ["换届公告", "通知", "2024-03-01", "30"], ["征集", "征集", "2024-03-02", ""])
    preview = NoticeList(actor=who).preview(corrected)
    assert (preview.changed, preview.unchanged) == (1, 1)
    assert [(change.label, change.old, change.new) for change in preview.rows[0].changes] == [("阅读人数", "20", "30")]
    corrected.seek(0)
    NoticeList(actor=who).confirm(corrected)
    assert Notice.objects.get(title="换届公告").readers == 30
    events: Any = apps.get_app_config("sample").get_model("NoticeEvent")
    assert list(events.objects.filter(title="换届公告").order_by("pgh_id").values_list("pgh_label", "readers")) == [
        ("insert", 20),
        ("update", 30),
    ]


def test_a_later_list_completes_an_earlier_one() -> None:
    NoticeList().confirm(csv_file(["标题", "发布日期"], ["换届公告", "2024-03-01"]))
    NoticeList().confirm(csv_file(["标题", "发布日期", "阅读人数", "备注"], ["换届公告", "2024-03-01", "30", "校内"]))
    assert Notice.objects.values_list("readers", "note", "kind").get() == (30, "校内", "news")


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (["帐篷", "1900-01-02", "", "", ""], "lent_on", "日期太早。"),
        (["帐篷", "2024-03-01", "2024-02-01", "", ""], "due_on", "应还日期不能早于借出日期。"),
        (["帐篷", "2024-03-01", "", "无此架", ""], "shelf", "没有登记过这个货架"),
        (["帐篷", "2024-03-01", "", "同名架", ""], "shelf", "有多个货架叫“同名架”，请写编号"),
        (["帐篷", "2024-03-01", "", "", "已归还"], "state", "新登记的记录不能直接处于这个状态"),
        (["帐篷" * 21, "2024-03-01", "", "", ""], "item", "40"),
    ],
)
def test_the_preview_says_everything_that_saving_would_refuse(row: list[str], column: str, reason: str) -> None:
    for code in ("B1", "B2"):
        Shelf.objects.create(name="同名架", code=code)
    preview = LoanList().preview(xlsx_file(["物品", "借出日期", "应还日期", "货架", "状态"], row))
    assert [(fault.column, reason in fault.reason) for fault in preview.faults] == [(column, True)]


def test_a_constraint_sees_what_the_register_holds_besides_the_file() -> None:
    record(Loan(item="帐篷", lent_on=DAY, due_on=DAY), actor=None)
    preview = LoanList().preview(
        csv_file(["物品", "借出日期", "归还日期", "状态"], ["帐篷", "2024-03-01", "", "已归还"])
    )
    assert "请填写归还日期。" in {fault.reason for fault in preview.faults}
    late = csv_file(["物品", "日期", "应还日期"], ["帐篷", "2024-03-01", "2024-01-01"])
    with pytest.raises(ImportRefused, match="应还日期不能早于"):
        LoanList().confirm(late)


def test_related_rows_go_by_name_or_code_or_as_their_owner_says(monkeypatch: pytest.MonkeyPatch) -> None:
    first = Shelf.objects.create(name="一号架", code="A1")
    second = Shelf.objects.create(name="二号架", code="A2")
    LoanList().confirm(
        csv_file(["物品", "日期", "货架"], ["帐篷", "2024-03-01", "一号架"], ["绳子", "2024-03-01", "a2"])
    )
    assert set(Loan.objects.values_list("item", "shelf")) == {("帐篷", first.pk), ("绳子", second.pk)}
    monkeypatch.setitem(LOOKUPS, Shelf, lambda: Choice({first.pk: "大架"}))  # type: ignore[misc]
    LoanList().confirm(csv_file(["物品", "日期", "货架"], ["绳子", "2024-03-01", "大架"]))
    assert Loan.objects.get(item="绳子").shelf == first


def test_rows_of_one_name_are_written_by_their_codes_and_read_again() -> None:
    shelves = [
        Shelf.objects.create(name=name, code=code)
        for name, code in [("同名架", "B1"), ("同名架", "B2"), ("三号架", "B3")]
    ]
    parser = parser_for(Shelf)
    told = [parser.show(shelf.pk) for shelf in shelves]
    assert told == list(parser.options) == ["B1", "B2", "三号架"]
    assert [parser.parse(word) for word in told] == [shelf.pk for shelf in shelves]


def test_states_are_born_and_moved_by_the_table_and_logged() -> None:
    who = account()
    loans = csv_file(["物品", "日期"], ["帐篷", "2024-03-01"], ["绳子", "2024-03-01"])
    LoanList(actor=who).confirm(loans)
    assert set(LOG.objects.values_list("action", "source", "target", "actor")) == {("begin", "", "out", who.pk)}
    back = ["物品", "日期", "归还日期", "状态"]
    LoanList(actor=who).confirm(csv_file(back, ["帐篷", "2024-03-01", "2024-03-04", "已归还"]))
    tent = Loan.objects.get(item="帐篷")
    assert tent.state == LoanState.BACK
    assert [move.action for move in tent.moves.all()] == ["begin", "give_back"]
    preview = LoanList().preview(csv_file(back, ["帐篷", "2024-03-01", "", "已遗失"]))
    assert [fault.column for fault in preview.faults] == ["state"]


def test_doubles_and_taken_keys_are_refused() -> None:
    row = ["换届公告", "新闻", "2024-03-01", "20"]
    preview = NoticeList().preview(csv_file(HEADINGS, row, row))
    assert [outcome.status for outcome in preview.rows] == [Status.NEW, Status.FAULTY]


def test_an_export_of_the_list_is_the_import_of_it() -> None:
    shelf = Shelf.objects.create(name="一号架", code="A1")
    record(Loan(item="帐篷", lent_on=DAY, shelf=shelf, worth="12.50"), actor=None)
    data = export(LoanList(), Loan.objects.all(), actor=account()).data
    preview = LoanList().preview(io.BytesIO(data))
    assert (preview.total, preview.unchanged, preview.faulty) == (1, 1, 0)


def test_a_rooms_service_is_the_one_way_for_the_list_too() -> None:
    written: list[Any] = []

    def write_damages(*, rows: Any, actor: Any) -> None:
        if any(row.values["text"] == "故意" for row in rows):
            raise DomainError("故意损坏另行处理。", field="text")
        written.extend(rows)
        for row in rows:
            row.pk = Damage.objects.create(**_values(row)).pk

    class DamageList(ModelList):
        model, key, name = Damage, ("text", "found_on"), "sample-damages"
        fields_in_order = ("loan", "text", "found_on")
        service = write_damages

    record(Loan(item="帐篷", lent_on=DAY), actor=None)
    LOOKUPS[Loan] = ("item",)
    try:
        head = ["借用", "损坏情况", "发现日期"]
        assert DamageList().preview(csv_file(head, ["帐篷", "故意", "2024-03-02"])).faults[0].column == "text"
        assert not Damage.objects.exists()
        DamageList().confirm(csv_file(head, ["帐篷", "划痕", "2024-03-02"]))
    finally:
        del LOOKUPS[Loan]
    assert Damage.objects.get().loan.item == "帐篷"


def test_a_model_that_cleans_itself_is_asked_by_list_and_screen(django_assert_max_num_queries: Any) -> None:
    class DamageList(ModelList):
        model, key, name = Damage, ("loan", "text"), "sample-damages"

    record(Loan(item="帐篷", lent_on=DAY), actor=None)
    LOOKUPS[Loan] = ("item",)
    rows = [["帐篷", f"划痕{number}", "2024-02-01"] for number in range(20)]
    try:
        with django_assert_max_num_queries(10):
            faults = DamageList().preview(csv_file(["借用", "损坏情况", "发现日期"], *rows)).faults
    finally:
        del LOOKUPS[Loan]
    assert {(fault.column, fault.reason) for fault in faults} == {("found_on", "早于借出日期。")}
    assert len(faults) == 20


def _values(row: Any) -> dict[str, Any]:
    return {"loan_id": row.values["loan"], "text": row.values["text"], "found_on": row.values["found_on"]}


def test_a_list_costs_the_same_questions_however_long(django_assert_max_num_queries: Any) -> None:
    counts = []
    for size in (1, 30):
        rows = [[f"帐篷{size}-{number}", "2024-03-01"] for number in range(size)]
        with django_assert_max_num_queries(60) as seen:
            LoanList().confirm(csv_file(["物品", "日期"], *rows))
        counts.append(len(seen))
    assert counts[0] == counts[1]
