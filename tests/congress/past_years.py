"""Past years of an invented congress, as the lists an office would bring, and what the report makes of them."""

import datetime as dt
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management import call_command

from congress.enums import AgendaKind, AgendaOutcome, Body, SessionKind, SittingState
from congress.models import AgendaItem, Congress, Session, Sitting
from tests.factories import congress as make
from union_portal.base.spreadsheets.writing import write_xlsx

Rows = Sequence[Sequence[Any]]
PROPOSALS = (
    "会议",
    "编号",
    "机构",
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


def load(kind: str, headings: Sequence[str], rows: Rows, folder: Path) -> None:
    """Import rows as an office would, from a spreadsheet by the command."""
    file = folder / f"{kind}-{len(rows)}.xlsx"
    file.write_bytes(write_xlsx(headings=headings, rows=rows))
    call_command("import_records", kind, str(file), stdout=io.StringIO())


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
    return [make.congress(body=body, number=number, began_on=dt.date(2018, 4, 1)) for body in which]


def held(
    title: str, on: dt.date, *congresses: Congress, number: int = 1, kind: SessionKind = SessionKind.REGULAR
) -> Session:
    """Record a session that is over."""
    made: Session = Session.objects.create(title=title, convened_on=on, kind=kind, recorded=True, source="会议纪要")
    for congress in congresses:
        Sitting.objects.create(session=made, congress=congress, number=number, state=SittingState.CLOSED)
    return made


def agenda(session: Session, *items: tuple[AgendaOutcome, str]) -> None:
    """Record what each body of the session did with its items."""
    kinds = {AgendaOutcome.HEARD: AgendaKind.HEAR, AgendaOutcome.PASSED: AgendaKind.PASS}
    for sitting in session.sittings.all():
        for position, (outcome, title) in enumerate(items, start=1):
            AgendaItem.objects.create(
                sitting=sitting,
                position=position,
                kind=kinds.get(outcome, AgendaKind.REVIEW),
                title=title,
                outcome=outcome,
                decided_on=session.convened_on,
            )


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
