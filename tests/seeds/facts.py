"""What a fact is, and how it is held against a report.

A room's facts stand in a module of their own in `tests/seeds/rooms`: `enter()` enters invented rows as a union would
(through the services and forms that people use, or by the room's own factories), `FACTS` says what the report must
make of them. Nothing has to be registered. Of the real reports only their numbers are here, never a name.
"""

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management import call_command

from tests.factories.members import account_with_role
from union_portal.accounts.enums import Role
from union_portal.annual_report.composing.services.composing import compose
from union_portal.annual_report.outlines.models import Outline
from union_portal.base import figures
from union_portal.base.figures import FigureRequest
from union_portal.base.periods import Period


@dataclass(frozen=True)
class Fact:
    """A numbered fact: report and number, the figure of the outline that tells it, and a piece of its sentence.

    `rows` are how many records stand behind the figure: persons, cases or items; None only where the acceptance list
    allows a total. Of heads, times, amount and the titles of its `items` those are compared that are given.
    """

    number: str
    key: str
    said: str
    period: Period
    rows: int | None
    heads: int | None = None
    times: int | None = None
    amount: str | None = None
    items: tuple[str, ...] = ()
    outline: str = "summary"
    role: Role = Role.WELFARE


def faults(facts: tuple[Fact, ...], folder: Path) -> list[str]:
    """Return what a report of each fact's period gets wrong, by the fact's number."""
    found: list[str] = []
    readers = {role: account_with_role(role) for role in {fact.role for fact in facts}}
    for asked in sorted({(fact.outline, fact.period.start, fact.period.end) for fact in facts}):
        code, period = asked[0], Period(*asked[1:])
        counted = _counted(code, period, folder)
        draft = compose(Outline.objects.get(code=code), period)
        sections = [section for chapter in draft.chapters for section in chapter.sections]
        text = "\n".join(paragraph for section in sections for paragraph in section.paragraphs)
        for fact in facts:
            if (fact.outline, fact.period) == (code, period):
                told = [*_differs(fact, counted.get(fact.key)), *_rows(fact, readers[fact.role])]
                told += [] if fact.said in text else [f"no sentence says {fact.said!r} in:\n{text}"]
                found += [f"{fact.number} {fact.key}: {one}" for one in told]
    return found


def _counted(code: str, period: Period, folder: Path) -> dict[str, dict[str, Any]]:
    """Return the report's figures by key, as the command writes them."""
    file = folder / f"{code}-{period.start}-{period.end}.json"
    days = ("--from", f"{period.start}", "--to", f"{period.end}")
    call_command("annual_report", *days, "--outline", code, "--json", str(file), stdout=io.StringIO())
    written = json.loads(file.read_text(encoding="utf-8"))["figures"]
    return {figure["key"]: figure for figure in written}


def _differs(fact: Fact, figure: dict[str, Any] | None) -> Iterator[str]:
    if figure is None:
        yield "the report does not count it"
        return
    for name in ("heads", "times"):
        wanted = getattr(fact, name)
        if wanted is not None and figure[name] != wanted:
            yield f"{name} {figure[name]}, not {wanted}"
    if fact.amount is not None and (figure["amount"] is None or Decimal(figure["amount"]) != Decimal(fact.amount)):
        yield f"amount {figure['amount']}, not {fact.amount}"


def _rows(fact: Fact, reader: Any) -> Iterator[str]:
    if fact.rows is not None:
        rows = figures.rows(FigureRequest(fact.key, (fact.key,), fact.period), reader).records.count()
        if rows != fact.rows:
            yield f"{rows} rows behind it, not {fact.rows}"
    if fact.items:
        (figure,) = figures.count([FigureRequest(fact.key, (fact.key,), fact.period)])
        titles = tuple(item.text for item in figure.items)
        if titles != fact.items:
            yield f"items {titles}, not {fact.items}"
