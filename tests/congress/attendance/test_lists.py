"""Lists of terms, departments, delegates, sessions and agendas, as schools keep them in spreadsheets."""

import datetime as dt
import io

import pytest
from django.utils import timezone

from congress.attendance.renderers import sign_in_sheet
from congress.attendance.services import roll
from congress.bodies.enums import Body
from congress.bodies.models import Congress
from congress.bodies.resources import CongressResource
from congress.delegates.enums import MandateEnd, Seat
from congress.delegates.models import Delegate
from congress.delegates.renderers import delegate_list
from congress.delegates.resources import DelegateResource
from congress.departments.models import Department
from congress.departments.resources import DepartmentResource
from congress.sessions.enums import AgendaOutcome, SittingState
from congress.sessions.models import AgendaItem, Session
from congress.sessions.resources import AgendaResource, SessionResource
from members.people.models import Person
from tests.factories import bodies, delegates, members, sessions
from union_portal.base.errors import Refused
from union_portal.base.importing.preview import ImportRefused, Status
from union_portal.base.paper import PaperError
from union_portal.base.paper.checking import check_text
from union_portal.base.spreadsheets.errors import CellError
from union_portal.base.spreadsheets.ordinals import Ordinal
from union_portal.base.spreadsheets.writing import write_xlsx


def sheet(headings: str, *rows: tuple[object, ...]) -> io.BytesIO:
    """Return a workbook with these headings, separated by blanks, and rows."""
    return io.BytesIO(write_xlsx(headings=headings.split(), rows=rows))


def record_terms() -> tuple[Congress, Congress]:
    CongressResource().confirm(
        sheet(
            "大会 届次 任期开始 任期届满",
            ("教代会", "第六届", "2022-04-01", "2027-12-31"),
            ("工代会", "第八届", "2022-04-01", "2027-12-31"),
        )
    )
    return Congress.objects.get(body=Body.STAFF), Congress.objects.get(body=Body.UNION)


@pytest.mark.parametrize(
    ("text", "number"),
    [("6", 6), ("第六届", 6), ("第十二次会议", 12), ("二十", 20), ("第十次", 10), (7.0, 7), ("首届", 1)],
)
def test_numbers_of_terms_are_read_as_people_write_them(text: str, number: int) -> None:
    assert Ordinal().parse(text) == number


@pytest.mark.parametrize("text", ["", "第届", "六七八", "0", "x", "一百"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(CellError):
        Ordinal().parse(text)


def test_a_list_of_delegates_makes_mandates_and_delegations_and_can_be_read_again() -> None:
    staff, _union = record_terms()
    unit = members.branch(name="物理学院分工会")
    one, two = members.member(branch=unit), members.member()
    headings = "工号 姓名 大会 届次 代表团 选举单位 代表类别 当选日期"
    rows = (
        (one.staff_number, one.name, "教代会", "第六届", "第一代表团", "物理学院", "正式代表", "2022-04-02"),
        (two.staff_number, two.name, "教代会", 6, "", "", "列席", ""),
    )
    DelegateResource().confirm(sheet(headings, *rows))
    first, second = Delegate.objects.get(person=one), Delegate.objects.get(person=two)
    assert (first.congress, first.unit, str(first.delegation)) == (staff, unit, "第一代表团")
    assert (second.seat, second.valid_from) == (Seat.OBSERVER, staff.began_on)
    assert DelegateResource().preview(sheet(headings, *rows)).counts[Status.UNCHANGED] == 2
    ended = (one.staff_number, "教代会", 6, "第二代表团", "2023-06-30", "撤换")
    DelegateResource().confirm(sheet("工号 大会 届次 代表团 终止日期 终止原因", ended))
    first.refresh_from_db()
    assert (str(first.delegation), first.valid_to, first.ended_by) == (
        "第二代表团",
        dt.date(2023, 6, 30),
        MandateEnd.RECALLED,
    )


def test_a_list_of_delegates_names_who_is_unknown_and_saves_nothing() -> None:
    record_terms()
    good = members.member()
    rows = ((good.staff_number, "教代会", 6), ("99999999", "教代会", 6), (good.staff_number, "教代会", 9))
    with pytest.raises(ImportRefused) as refused:
        DelegateResource().confirm(sheet("工号 大会 届次", *rows))
    assert [fault.row for fault in refused.value.preview.faults] == [3, 4]
    assert not Delegate.objects.exists()


def test_departments_come_with_those_who_answer_for_them() -> None:
    contact = members.person()
    rows = (("后勤处", contact.staff_number), ("教务处", ""))
    for _again in range(2):
        DepartmentResource().confirm(sheet("部门名称 联系人工号", *rows))
    assert Department.objects.count() == 2
    assert contact.department_posts.count() == 1


def test_sessions_held_are_recorded_those_to_come_convened_and_agendas_follow() -> None:
    staff, union = record_terms()
    later = timezone.localdate() + dt.timedelta(days=9)
    rows = (
        ("双代会第一次会议", "2023-04-08", 6, 1, 90, 84, 8, 1, "年鉴"),
        ("", later, 6, 2, "", "", "", "", ""),
    )
    headings = "会议名称 召开日期 教代会届次 教代会次数 教代会应到 教代会实到 工代会届次 工代会次数 资料来源"
    for _again in range(2):
        SessionResource().confirm(sheet(headings, *rows))
    past, ahead = Session.objects.order_by("convened_on")
    assert past.recorded
    assert not ahead.recorded
    assert past.sittings.get(congress=staff).present == 84
    assert past.sittings.get(congress=union).state == SittingState.CLOSED
    assert ahead.title == "第六届教代会第二次会议"
    items = (
        (past.title, "教代会", "听取", "学校工作报告", "已听取"),
        (past.title, "工代会", "通过", "工会工作报告", "通过"),
    )
    for _again in range(2):
        AgendaResource().confirm(sheet("会议名称 大会 类型 议题 结果", *items))
    assert AgendaItem.objects.get(title="工会工作报告").outcome == AgendaOutcome.PASSED
    assert AgendaItem.objects.count() == 2
    with pytest.raises(ImportRefused):
        AgendaResource().confirm(sheet("会议名称 类型 议题", (past.title, "听取", "另一报告")))


def test_the_list_of_delegates_and_the_sign_in_sheet_name_everybody() -> None:
    body = bodies.congress()
    delegation = delegates.delegation(of=body)
    people = [delegates.delegate(of=body, delegation=delegation).person for _number in range(3)]
    sitting = sessions.session(body, convened_on=timezone.localdate()).sittings.get()
    with pytest.raises(Refused):
        sign_in_sheet(sitting=sitting, union="测试学院工会")
    roll.draw_up(sitting=sitting)
    for made in (
        delegate_list(congress=body, on=timezone.localdate(), union="测试学院工会"),
        sign_in_sheet(sitting=sitting, union="测试学院工会"),
    ):
        check_text(made, "".join(person.name for person in people))
    Person.objects.filter(pk=people[0].pk).update(name="陈\ue863明")
    named = "E863，见“陈\ue863明”"
    with pytest.raises(PaperError, match=named):
        delegate_list(congress=body, on=timezone.localdate(), union="测试学院工会")
    with pytest.raises(PaperError, match=named):
        sign_in_sheet(sitting=sitting, union="测试学院工会")


pytestmark = pytest.mark.django_db
