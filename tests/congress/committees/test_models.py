"""Seats and meetings of committees keep their promises, on the screen and by list."""

import io

import pytest

from congress.committees.enums import CommitteeKind, Handling
from congress.committees.models import Committee, Meeting, ReviewedDocument
from congress.committees.resources import MeetingList
from tests.factories import committees, members
from tests.factories.days import DAY, TODAY
from union_portal.base.errors import DomainError
from union_portal.base.importing.preview import ImportRefused, Status
from union_portal.base.spreadsheets.writing import write_xlsx
from union_portal.base.steps import record, saved


def committee(**fields: object) -> Committee:
    return committees.committee(**{"began_on": TODAY - 400 * DAY, **fields})


def test_a_meeting_counts_who_was_due_from_the_seats() -> None:
    body = committee()
    for _ in range(3):
        committees.seat(committee=body, person=members.member(), on=TODAY - 100 * DAY)
    held = committees.meeting(committee=body, present=1, papers=("经费收支管理细则",))
    assert (held.due, held.number, held.short) == (3, 1, True)
    for wrong in ({"held_on": TODAY - DAY, "present": 4}, {"held_on": TODAY + DAY}, {"held_on": TODAY}):
        with pytest.raises(DomainError):
            committees.meeting(committee=body, **wrong)
    with pytest.raises(DomainError):
        record(ReviewedDocument(meeting=held, title="经费收支管理细则"), actor=None)


def test_nobody_sits_twice_nor_outside_the_term() -> None:
    body, person = committee(), members.member()
    seat = committees.seat(committee=body, person=person, on=TODAY - 100 * DAY)
    for day in (TODAY, TODAY - 500 * DAY):
        with pytest.raises(DomainError):
            committees.seat(committee=body, person=person, on=day)
    seat.valid_to = TODAY - DAY
    saved(seat)
    assert not body.seats.in_force(on=TODAY).exists()
    committees.seat(committee=body, person=person, on=TODAY)


def sheet(*rows: dict[str, object]) -> io.BytesIO:
    names = tuple(dict.fromkeys(key for row in rows for key in row))
    return io.BytesIO(write_xlsx(headings=names, rows=[tuple(row.get(name, "") for name in names) for row in rows]))


def test_meetings_come_by_list_to_the_committee_in_office_and_show_what_differs() -> None:
    old = committee(name="提案工作委员会", began_on=TODAY - 900 * DAY)
    new = committee(name="提案工作委员会", began_on=TODAY - 90 * DAY)
    rows = (
        {"委员会": "提案工作委员会", "日期": TODAY - 200 * DAY, "审议文件": "《甲、乙办法》、丙细则", "处理": "已通过"},
        {"委员会": "提案工作委员会", "日期": TODAY - DAY, "实到": 4},
        {"委员会": "女职工委员会", "委员会类别": "女工委员会", "日期": TODAY - DAY},
    )
    assert MeetingList().preview(sheet(*rows)).counts[Status.NEW] == 3
    MeetingList().confirm(sheet(*rows))
    first, second = old.meetings.get(), new.meetings.get()
    assert {(one.title, one.handling) for one in first.documents.all()} == {
        ("甲、乙办法", Handling.PASSED), ("丙细则", Handling.PASSED),
    }  # fmt: skip
    assert second.present == 4
    assert Committee.objects.get(kind=CommitteeKind.WOMEN).meetings.count() == 1
    assert MeetingList().preview(sheet(*rows)).counts[Status.UNCHANGED] == 3
    seen = MeetingList().preview(sheet({**rows[1], "实到": 5})).rows[0]
    assert [(one.old, one.new) for one in seen.changes] == [("4", "5")]
    MeetingList().confirm(sheet({**rows[0], "审议文件": "丁方案"}))
    assert first.documents.count() == 3
    with pytest.raises(ImportRefused):
        MeetingList().confirm(sheet({"委员会": "无名", "日期": TODAY}))
    assert Meeting.objects.count() == 3


pytestmark = pytest.mark.django_db
