"""Seats and meetings of committees keep their promises, on the screen and by list."""

import io
from typing import Any

import pytest
from django.urls import reverse

from congress.bodies.enums import Bound
from congress.committees.enums import CommitteeKind, Handling
from congress.committees.models import Committee, Meeting, ReviewedDocument
from congress.committees.resources import MeetingList
from tests.factories import bodies, committees, members
from tests.factories.accounts import signed_in
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


def test_meetings_bear_each_their_own_number_also_when_entered_late(settings: Any) -> None:
    settings.PORTAL_STAFF_TOTP = False
    body = committee()
    first, last = (committees.meeting(committee=body, held_on=TODAY - days * DAY) for days in (20, 10))
    assert (first.number, last.number) == (1, 2)
    client = signed_in(bodies.officer())
    address = reverse("admin:congress_meeting_add")
    late = {"committee": body.pk, "held_on": f"{TODAY - 15 * DAY}"}
    for number, words in (("", "已编为第 2 次"), ("2", "已有这个编号")):
        asked = client.post(address, {**late, "number": number})
        assert words in asked.content.decode(), number
    assert client.post(address, {**late, "number": "3"}).status_code == 302
    assert set(body.meetings.values_list("number", flat=True)) == {1, 2, 3}
    assert committees.meeting(committee=body, held_on=TODAY - 16 * DAY).number is None
    assert committees.meeting(committee=body, held_on=TODAY).number == 4


def test_meetings_listed_from_the_last_are_numbered_by_their_days_in_one_committee() -> None:
    rows = (
        {"委员会": "提案工作委员会", "委员会类别": "提案委员会", "日期": TODAY - days * DAY} for days in (1, 900, 500)
    )
    MeetingList().confirm(sheet(*rows))
    found = Meeting.objects.order_by("held_on")
    assert [(one.number, one.held_on) for one in found] == [
        (number, TODAY - days * DAY) for number, days in ((1, 900), (2, 500), (3, 1))
    ]
    body = Committee.objects.get()
    assert body.began_on == (TODAY - 900 * DAY).replace(month=1, day=1)


def test_a_meeting_before_the_term_makes_a_former_one_that_ends_where_the_next_begins() -> None:
    over = committee(name="提案工作委员会", began_on=TODAY - 900 * DAY, ends_on=TODAY - 500 * DAY)
    now = committee(name="提案工作委员会", began_on=TODAY - 400 * DAY)
    named = {"委员会": "提案工作委员会", "委员会类别": "提案委员会"}
    rows = ({**named, "日期": TODAY - days * DAY} for days in (450, 600, 100))
    MeetingList().confirm(sheet(*rows))
    between = Meeting.objects.get(held_on=TODAY - 450 * DAY).committee
    assert between.began_on > TODAY - 500 * DAY
    assert between.ends_on == TODAY - 401 * DAY
    assert [over.meetings.count(), now.meetings.count()] == [1, 1]
    with pytest.raises(DomainError) as refused:
        committees.meeting(committee=over, held_on=TODAY - 450 * DAY)
    assert refused.value.field == "held_on"


def test_a_committee_asks_for_its_own_share_in_either_wording() -> None:
    body = committee()
    held = committees.meeting(committee=body, due=18, present=12)
    assert not held.short
    body.quorum_bound = Bound.MORE_THAN
    saved(body)
    held.committee.refresh_from_db()
    assert held.short
    body.quorum_numerator = 4
    with pytest.raises(DomainError):
        saved(body)


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
