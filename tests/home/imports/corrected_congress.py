"""A row of each list of the congress, and what a later list may say otherwise of it, cell by cell."""

import io
from collections.abc import Callable
from typing import Any

from congress.bodies.models import Congress
from congress.bodies.resources import CongressResource
from congress.sessions.resources import SessionResource
from tests.factories import bodies, delegates, departments, drives, members
from union_portal.base.importing.kinds import kind as kind_of
from union_portal.base.spreadsheets.writing import write_xlsx

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
    changed |= {"answer": "已办", "answered_on": "2022-06-02", "reply_kind": "已解决"}
    return told, changed | {"staff_number": person.staff_number}


def category_case() -> tuple[Cells, Cells]:
    told = {"name": "智慧校园", "code": "own-1", "position": 9, "in_use": "是"}
    return told, {"code": "own-2", "position": 3, "in_use": "否"}


def drive_case() -> tuple[Cells, Cells]:
    told = {"title": "金点子", "opens_on": "2022-05-10", "closes_on": "2022-06-10", "words": "说明"}
    return told, {"closes_on": "2022-07-10", "words": "新的说明"}


def seat_case() -> tuple[Cells, Cells]:
    told: Cells
    told = {"committee": "提案委员会", "kind": "提案工作委员会", "began_on": "2022-01-01", "ends_on": "2026-12-31"}
    told |= {"person": members.member(name="甲某").staff_number, "name": "甲某", "valid_from": "2022-05-10"}
    told |= {"post": "委员", "valid_to": "2024-05-10", "by_election": "否", "document": "批复1号"}
    changed = {"name": "别人", "post": "主任", "valid_to": "2024-06-10", "by_election": "是", "document": "批复2号"}
    return told, changed | {"kind": "女教职工委员会", "began_on": "2022-02-01", "ends_on": "2027-12-31"}


def proposal_case() -> tuple[Cells, Cells]:
    told: Cells
    changed: Cells
    held_session()
    term = Congress.objects.get()
    author, other = (delegates.delegate(of=term).person.staff_number for _place in range(2))
    units = [delegates.delegation(of=term).name for _place in range(2)]
    lead, helper, third = (departments.department().name for _place in range(3))
    topics = [drives.category().name for _place in range(2)]
    told = {"session": "年度大会", "number": "2022-001", "body": "教代会", "title": "延长开馆", "grounds": "案据"}
    told |= {"measures": "建议", "category": topics[0], "staff_number": author, "author": "甲", "delegation": units[0]}
    told |= {
        "outcome": "立案",
        "submitted_on": "2022-05-01",
        "decided_on": "2022-05-12",
        "lead": lead,
        "support": helper,
    }
    told |= {"due_on": "2022-09-01", "answered_on": "2022-08-01", "reply_kind": "列入计划", "promised_on": "2023-01-01"}
    told |= {"reply": "已列入", "grade": "满意", "words": "好", "source": "汇编"}
    changed = {"body": "工代会", "title": "延长闭馆", "grounds": "新案据", "measures": "新建议", "category": topics[1]}
    changed |= {"staff_number": other, "author": "乙", "delegation": units[1], "outcome": "不予立案", "reply": "已办"}
    changed |= {"merged_into": "2022-002", "submitted_on": "2022-05-02", "decided_on": "2022-05-13", "lead": third}
    changed |= {"support": third, "due_on": "2022-09-02", "answered_on": "2022-08-02", "reply_kind": "已解决"}
    return told, changed | {"promised_on": "2023-02-01", "grade": "不满意", "words": "不好", "source": "年鉴"}


CASES: dict[str, Callable[[], tuple[Cells, Cells]]] = {
    "congresses": congress_case,
    "sessions": session_case,
    "agenda": agenda_case,
    "delegates": delegate_case,
    "departments": department_case,
    "inspections": inspection_case,
    "regulations": regulation_case,
    "meetings": meeting_case,
    "committee_members": seat_case,
    "suggestions": suggestion_case,
    "suggestion_drives": drive_case,
    "proposals": proposal_case,
    "proposal_categories": category_case,
}
