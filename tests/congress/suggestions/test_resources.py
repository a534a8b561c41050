"""Suggestions and committee members come in by list."""

import datetime as dt
import io
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from congress.committees.enums import CommitteeKind, CommitteePost
from congress.committees.models import Committee, CommitteeSeat
from congress.committees.resources import CommitteeMemberList
from congress.handling.enums import ReplyKind
from congress.suggestions.enums import SuggestionState
from congress.suggestions.models import Suggestion
from congress.suggestions.resources import SuggestionList
from tests.factories import bodies, departments, members
from union_portal.base.importing.preview import ImportRefused, Status
from union_portal.base.spreadsheets.writing import write_xlsx

DAY = dt.date(2024, 3, 1)


def table(*rows: dict[str, Any]) -> io.BytesIO:
    headings = tuple(dict.fromkeys(key for row in rows for key in row))
    return io.BytesIO(write_xlsx(headings=headings, rows=[tuple(row.get(key, "") for key in headings) for row in rows]))


def line(title: str, **cells: Any) -> dict[str, Any]:
    return {"标题": title, "来源": "分组讨论", "日期": DAY, **cells}


def test_suggestions_of_past_years_come_in_answered_sent_or_open() -> None:
    department, author = departments.department(), members.member()
    rows = (
        line("延长供餐", 承办部门=department.name, 答复="已延长", 答复日期=dt.date(2024, 4, 1), 公开="是"),
        line("增加车位", 承办部门=department.name, 办理期限=dt.date(2024, 5, 1), 归并组="停车"),
        line("改善照明", 来源="金点子", 工号=author.staff_number, 姓名=author.name),
        line("修缮球场", 答复日期=dt.date(2024, 4, 1)),
    )
    SuggestionList(actor=bodies.officer()).confirm(table(*rows))
    kept = {one.title: one for one in Suggestion.objects.select_related("author", "group")}
    states = [kept[title].state for title in ("延长供餐", "增加车位", "改善照明", "修缮球场")]
    assert states == [
        SuggestionState.ANSWERED,
        SuggestionState.SENT,
        SuggestionState.COLLECTED,
        SuggestionState.ANSWERED,
    ]
    assert list(Suggestion.objects.published_answers()) == [kept["延长供餐"]]
    assert kept["改善照明"].author == author
    assert str(kept["增加车位"].group) == "停车"
    assert [move.action for move in kept["增加车位"].moves.all()] == ["begin"]
    again = SuggestionList().preview(table(*rows))
    assert (again.counts[Status.UNCHANGED], again.counts[Status.NEW]) == (4, 0)


def test_the_kind_of_a_reply_is_known_by_the_words_of_real_lists_and_by_the_school_s_own() -> None:
    rows = [
        line("延长供餐", 答复类型="已落实", 答复="已延长"),
        line("增加车位", 答复类型="C"),
        line("修缮球场", 答复类型="部分落实"),
    ]
    preview = SuggestionList(actor=bodies.officer()).preview(table(*rows))
    assert [(one.label, one.word, one.options[0]) for one in preview.unknown] == [("答复类型", "部分落实", "列入计划")]
    known = {"reply_kind": {"部分落实": "列入计划"}}
    SuggestionList(actor=bodies.officer(), meanings=known).confirm(table(*rows))
    found = {one.title: one for one in Suggestion.objects.all()}
    told = [(found[row["标题"]].reply_kind, found[row["标题"]].answer, found[row["标题"]].state) for row in rows]
    assert told == [
        (ReplyKind.DONE, "已延长", SuggestionState.ANSWERED),
        (ReplyKind.CANNOT, "", SuggestionState.ANSWERED),
        (ReplyKind.PLANNED, "原词“部分落实”", SuggestionState.ANSWERED),
    ]
    again = SuggestionList(meanings=known).preview(table(*rows))
    assert again.counts[Status.UNCHANGED] == len(rows)


def test_a_faulty_line_keeps_the_whole_list_out() -> None:
    person = members.member(name="周可为")
    for wrong in (
        line("未来", 日期=timezone.localdate() + dt.timedelta(days=1)),
        line("倒置", 答复日期=dt.date(2024, 2, 1)),
        line("无此部门", 承办部门="不存在处"),
        line("张冠李戴", 工号=person.staff_number, 姓名="李明"),
    ):
        with pytest.raises(ImportRefused):
            SuggestionList().confirm(table(line("好的一条"), wrong))
    assert not Suggestion.objects.exists()


def test_two_thousand_suggestions_come_in_with_hardly_more_queries_than_twenty() -> None:
    counts = []
    for day, number in ((1, 20), (2, 2000)):
        rows = [line(f"建议{index}", 日期=dt.date(2024, 3, day)) for index in range(number)]
        with CaptureQueriesContext(connection) as seen:
            SuggestionList().confirm(table(*rows))
        counts.append(len(seen))
    assert counts[1] <= counts[0] + 8


def test_committee_members_come_in_with_their_committee_and_leave_by_list() -> None:
    first, second = members.member(), members.member()
    common = {"委员会": "第三届女职工委员会", "委员会类别": "女工委员会", "任职日期": DAY}
    rows = [
        {**common, "工号": first.staff_number, "职务": "主任", "届期开始": DAY, "届期结束": dt.date(2029, 2, 28)},
        {**common, "工号": second.staff_number, "职务": "委员", "批复文号": "工字〔2024〕3号"},
    ]
    CommitteeMemberList().confirm(table(*rows))
    body = Committee.objects.get()
    assert (body.kind, body.ends_on) == (CommitteeKind.WOMEN, dt.date(2029, 2, 28))
    assert body.seats.get(person=first).post == CommitteePost.CHAIR
    CommitteeMemberList().confirm(table({**rows[1], "离任日期": dt.date(2025, 1, 31)}))
    assert CommitteeSeat.objects.get(person=second).valid_to == dt.date(2025, 1, 31)
    with pytest.raises(ImportRefused):
        CommitteeMemberList().confirm(table({"委员会": "无名", "工号": first.staff_number, "任职日期": DAY}))


pytestmark = pytest.mark.django_db
