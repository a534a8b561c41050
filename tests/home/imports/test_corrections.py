"""A corrected list is never swallowed: a changed cell is shown as a change, or named as what is in the way."""

import io
from collections.abc import Callable
from typing import Any

import pytest

from congress.bodies.resources import CongressResource
from congress.sessions.models import Sitting
from congress.sessions.resources import AgendaResource, SessionResource
from tests.factories import bodies, departments, members
from union_portal.base.importing.kinds import kind as kind_of
from union_portal.base.importing.preview import Status
from union_portal.base.spreadsheets.writing import write_xlsx

pytestmark = pytest.mark.django_db
Cells = dict[str, Any]


def table(kind: str, cells: Cells) -> io.BytesIO:
    """Return a list of one row, its cells by the columns' keys."""
    labels = {column.key: column.label for column in kind_of(kind).kind.columns}
    return io.BytesIO(write_xlsx(headings=[labels[key] for key in cells], rows=[list(cells.values())]))


def term() -> None:
    told = {"body": "教代会", "term": 3, "began_on": "2020-01-01", "ends_on": "2025-12-31"}
    CongressResource(actor=None).confirm(table("congresses", told))


def held_session() -> None:
    term()
    told = {"title": "年度大会", "convened_on": "2022-05-10", "staff_term": 3, "staff_number": 1, "source": "纪要"}
    SessionResource(actor=None).confirm(table("sessions", told))


def congress_case() -> tuple[Cells, Cells]:
    told = {"body": "教代会", "term": 3, "mode": "代表大会", "began_on": "2020-01-01", "ends_on": "2025-12-31"}
    changed = {"mode": "全体大会", "began_on": "2020-02-01", "ends_on": "2025-11-30", "document": "批复1号"}
    return told, changed


def session_case() -> tuple[Cells, Cells]:
    term()
    told = {
        "title": "年度大会",
        "convened_on": "2022-05-10",
        "ends_on": "2022-05-11",
        "kind": "年度例会",
        "place": "礼堂",
        "staff_term": 3,
        "staff_number": 1,
        "staff_due": 100,
        "staff_present": 90,
        "source": "纪要",
    }
    members.branch(name="物理学院分工会")
    bodies.congress(number=4)
    changed = {
        "ends_on": "2022-05-12",
        "kind": "专题会议",
        "place": "报告厅",
        "branch": "物理学院",
        "source": "年鉴",
        "staff_term": 4,
        "staff_number": 2,
        "staff_due": 101,
        "staff_present": 91,
        "union_term": 1,
        "union_number": 1,
        "union_due": 10,
        "union_present": 9,
    }
    return told, changed


def agenda_case() -> tuple[Cells, Cells]:
    held_session()
    told = {
        "session": "年度大会",
        "body": "教代会",
        "position": 1,
        "kind": "听取",
        "title": "工作报告",
        "presenter": "张三",
    }
    return told, {"body": "工代会", "position": 2, "kind": "审议", "presenter": "李四", "outcome": "已听取"}


def delegate_case() -> tuple[Cells, Cells]:
    term()
    person, _unit = members.member(), members.branch(name="物理学院分工会")
    told = {"staff_number": person.staff_number, "name": person.name, "body": "教代会", "term": 3, "seat": "正式代表"}
    told |= {"by": "选举", "on": "2020-01-02", "delegation": "一团", "until": "2023-01-01", "ended_by": "辞去"}
    changed = {
        "name": "别人",
        "delegation": "二团",
        "unit": "物理学院",
        "seat": "列席",
        "by": "补选",
        "on": "2020-01-03",
    }
    return told, changed | {"until": "2023-02-01", "ended_by": "离职", "document": "文件1"}


def department_case() -> tuple[Cells, Cells]:
    one, other = members.member(), members.member()
    told = {"name": "后勤处", "code": "H1", "contact": one.staff_number, "on": "2020-01-01"}
    number = other.staff_number
    return told, {"code": "H2", "contact": number, "head": number, "leader": number, "on": "2021-01-01"}


def membership_case() -> tuple[Cells, Cells]:
    person = members.person()
    members.branch(name="物理学院分工会")
    members.branch(name="化学学院分工会")
    told = {"staff_number": person.staff_number, "change": "转入", "on": "2021-03-01", "branch": "物理学院"}
    told |= {"counterpart": "甲大学", "document": "函1号"}
    return told, {"name": "别人", "branch": "化学学院", "counterpart": "乙大学", "document": "函2号"}


def inspection_case() -> tuple[Cells, Cells]:
    told = {
        "title": "食堂巡视",
        "held_on": "2022-05-10",
        "number": "首次",
        "places": "食堂",
        "heads": 20,
        "summary": "好",
    }
    return told, {"number": "第二次", "places": "宿舍", "heads": 30, "summary": "很好"}


def regulation_case() -> tuple[Cells, Cells]:
    told = {"regulation": "职代会办法", "act": "制定", "on": "2022-05-10", "number": "校工1号", "decided_by": "教代会"}
    return told | {"keeper": "工会"}, {"number": "校工2号", "decided_by": "工代会", "text": "全文", "keeper": "校办"}


def meeting_case() -> tuple[Cells, Cells]:
    told = {
        "committee": "提案委员会",
        "kind": "提案工作委员会",
        "held_on": "2022-05-10",
        "number": 1,
        "title": "一次会",
    }
    told |= {"place": "甲室", "due": 9, "present": 8, "decisions": "同意", "minutes": "略", "documents": "甲办法"}
    changed = {"number": 2, "place": "乙室", "due": 10, "present": 7, "decisions": "不同意", "minutes": "详"}
    return told, changed | {"documents": "乙办法"}


def suggestion_case() -> tuple[Cells, Cells]:
    one, other, person = departments.department(), departments.department(), members.member()
    told = {
        "title": "延长供餐",
        "text": "延长",
        "source": "分组讨论",
        "collected_on": "2022-05-10",
        "department": one.name,
    }
    changed = {"text": "再延长", "department": other.name, "due_on": "2022-06-01", "group": "食堂"}
    return told, changed | {"answer": "已办", "answered_on": "2022-06-02", "staff_number": person.staff_number}


def branch_case() -> tuple[Cells, Cells]:
    members.branch(name="上级分工会")
    told = {"code": "B77", "name": "生物学院分工会", "kind": "分工会", "founded_on": "1990-01-01"}
    return told, {"name": "生命学院分工会", "kind": "直属工会小组", "parent": "上级分工会", "founded_on": "1991-01-01"}


CASES: dict[str, Callable[[], tuple[Cells, Cells]]] = {
    "congresses": congress_case,
    "sessions": session_case,
    "agenda": agenda_case,
    "delegates": delegate_case,
    "departments": department_case,
    "memberships": membership_case,
    "inspections": inspection_case,
    "regulations": regulation_case,
    "meetings": meeting_case,
    "suggestions": suggestion_case,
    "branches": branch_case,
}
# Columns that only say how to read the row, or that a row in this state cannot have.
NOT_SWEPT = {
    "meetings": {"handling", "kind"},
    "memberships": {"retain"},
    "congresses": {"branch"},
    "delegates": {"branch"},
    "suggestions": {"session", "drive", "published", "state", "name"},
}


@pytest.mark.parametrize("kind", CASES)
def test_every_changed_cell_is_a_change_or_a_fault(kind: str) -> None:
    told, changed = CASES[kind]()
    resource = kind_of(kind)
    resource(actor=bodies.officer()).confirm(table(kind, told))
    again = resource(actor=None).preview(table(kind, told))
    assert (again.unchanged, again.faults) == (1, [])
    writable = {column.key for column in resource.kind.columns} - set(resource.key_columns)
    assert set(changed) == writable - NOT_SWEPT.get(kind, set())
    for key, value in changed.items():
        preview = resource(actor=bodies.officer()).preview(table(kind, told | {key: value}))
        row = preview.rows[0]
        label = resource(actor=None).columns[key].label
        if row.status is Status.CHANGED:
            assert label in {one.label for one in row.changes}, key
        else:
            assert row.status is Status.FAULTY, key
            assert label in {fault.label for fault in row.faults}, (key, [str(fault) for fault in row.faults])


def test_who_was_present_is_corrected_in_a_recorded_session() -> None:
    told, _changed = session_case()
    SessionResource(actor=None).confirm(table("sessions", told))
    SessionResource(actor=None).confirm(table("sessions", told | {"staff_present": 95, "place": "报告厅"}))
    one = Sitting.objects.select_related("session").get()
    assert (one.present, one.session.place) == (95, "报告厅")


def test_an_item_of_the_agenda_takes_another_place() -> None:
    told, _changed = agenda_case()
    AgendaResource(actor=None).confirm(table("agenda", told))
    AgendaResource(actor=None).confirm(table("agenda", told | {"position": 7}))
    assert Sitting.objects.get().agenda.get().position == 7
