"""Past years of an invented congress, as the lists an office would bring, and what the report makes of them."""

import datetime as dt
import io
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management import call_command

from congress.bodies.enums import Body
from congress.bodies.models import Congress
from congress.sessions.models import Session
from union_portal.base.spreadsheets.writing import write_xlsx

Rows = Sequence[Sequence[Any]]
PROPOSALS = (
    "会议",
    "编号",
    "大会",
    "案由",
    "类别",
    "提案人",
    "审查结果",
    "并入编号",
    "主办部门",
    "协办部门",
    "办理期限",
    "答复日期",
    "满意度",
    "来源",
)


def load(kind: str, headings: Sequence[str], rows: Rows) -> None:
    """Import rows as an office would, from a spreadsheet by the command."""
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        file.write(write_xlsx(headings=headings, rows=rows))
        file.flush()
        call_command("import_records", kind, file.name, stdout=io.StringIO())


def told(folder: Path, start: str, end: str) -> dict[str, dict[str, Any]]:
    """Return the figures of `annual_report --json`, by key."""
    call_command(
        "annual_report",
        "--from",
        start,
        "--to",
        end,
        "--json",
        str(folder / "r.json"),
        stdout=io.StringIO(),
        stderr=io.StringIO(),
    )
    written = json.loads((folder / "r.json").read_text(encoding="utf-8"))
    return {one["key"].removeprefix("congress."): one for one in written["figures"]}


def times(report: dict[str, dict[str, Any]], *keys: str) -> tuple[Any, ...]:
    return tuple(report[key]["times"] for key in keys)


def bodies(*which: Body, number: int = 2) -> list[Congress]:
    """Bring the terms as a list."""
    names = {Body.STAFF: "教代会", Body.UNION: "工代会"}
    rows = [(names[body], number, "2018-04-01", "2028-12-31") for body in which]
    load("congresses", ("大会", "届次", "任期开始", "任期届满"), rows)
    return [Congress.objects.get(body=body, number=number) for body in which]


def held(title: str, on: dt.date, *congresses: Congress, number: int = 1, kind: str = "年度会议") -> Session:
    """Bring a session that is over as a list, one row."""
    terms = {one.body: one.number for one in congresses}
    columns: dict[str, Any] = {"会议名称": title, "召开日期": on.isoformat(), "会议类型": kind, "资料来源": "会议纪要"}
    for body, word in ((Body.STAFF, "教代会"), (Body.UNION, "工代会")):
        if body in terms:
            columns |= {f"{word}届次": terms[body], f"{word}次数": number}
    if congresses[0].branch:
        columns["分工会"] = congresses[0].branch.name
    load("sessions", tuple(columns), [tuple(columns.values())])
    return Session.objects.get(title=title, convened_on=on)


def agenda(session: Session, *items: tuple[str, str], body: str = "教代会") -> None:
    """Bring what a body of the session did with its items: (what was done, title)."""
    done = {"听取": "已听取", "审议": "已审议", "审议通过": "通过"}
    rows = [(session.title, body, way, title, done[way]) for way, title in items]
    load("agenda", ("会议名称", "大会", "类型", "议题", "结果"), rows)


def departments(*names: str) -> None:
    """Bring the departments as a list."""
    load("departments", ("部门名称",), [(name,) for name in names])


def filed(session: Session, number: int, *, body: str = "", grade: str = "", answered: str = "") -> tuple[Any, ...]:
    """Return the row of a filed proposal."""
    return (
        session.title,
        f"{session.convened_on:%Y}-{number:03d}",
        body,
        f"关于第{number}项工作的提案",
        "",
        "沈知秋",
        "立案",
        "",
        "后勤处" if answered else "",
        "",
        f"{session.convened_on.year}-12-31" if answered else "",
        answered,
        grade,
        "提案汇编",
    )


def other(session: Session, number: int, outcome: str, *, into: str = "") -> tuple[Any, ...]:
    """Return the row of a proposal that was not filed."""
    year = session.convened_on.year
    nothing = ("", "", "", "", "")
    return (
        session.title,
        f"{year}-{number:03d}",
        "教代会",
        f"关于第{number}项工作的提案",
        "",
        "陆清和",
        outcome,
        into,
        *nothing,
        "提案汇编",
    )
