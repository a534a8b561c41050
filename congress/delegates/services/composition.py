"""What the delegates are made of: teachers, women, people under forty, against the shares set for the congress."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from typing import Any

from congress.bodies.models import Congress
from congress.delegates.enums import Seat
from congress.delegates.models import Delegate
from members.people.enums import Gender, PoliticalStatus, PostCategory
from members.people.models import Person
from union_portal.base.shares import exact, written

YOUNG = 40
_HAN = ("汉", "汉族")
_PARTY = (PoliticalStatus.PARTY, PoliticalStatus.PROBATIONARY)


@dataclass(frozen=True)
class Share:
    """One line of the table: how many of all, the share, the least share asked for (both fractions), how many unknown.

    `unknown` people lack the detail in the register; they count as not belonging.
    """

    key: str
    label: str
    count: int
    of: int
    unknown: int = 0
    least: Decimal | None = None

    @property
    def share(self) -> Decimal:
        """The fraction, exact enough to print with one decimal of a per cent."""
        return Decimal(self.count) / self.of if self.of else Decimal(0)

    @property
    def percent(self) -> str:
        """The share as printed: 60.0%."""
        return f"{self.share * 100:.1f}%"

    @property
    def least_percent(self) -> str:
        """The share asked for, as printed; empty where none is."""
        return written(self.least) if self.least is not None else ""

    @property
    def met(self) -> bool:
        """Whether the share asked for is reached, compared without rounding."""
        return self.least is None or self.count >= exact(self.least) * self.of

    @property
    def lacking(self) -> int:
        """How many more of the same total would be needed."""
        if self.met or self.least is None:
            return 0
        return ceil(exact(self.least) * self.of) - self.count


@dataclass(frozen=True)
class Composition:
    """The table for one congress on one day; `total` people with a vote."""

    total: int
    rows: tuple[Share, ...]

    @property
    def warnings(self) -> list[str]:
        """Say which shares are missed, and which details the register lacks."""
        found = [
            f"{row.label}：{row.of:,} 人中有 {row.count:,} 人（{row.percent}），"
            f"要求不低于 {row.least_percent}，还差 {row.lacking:,} 人。"
            for row in self.rows
            if not row.met
        ]
        found += [
            f"{row.label}：有 {row.unknown:,} 人的登记资料缺这一项。"
            for row in self.rows
            if row.unknown and row.least is not None
        ]
        return found

    def as_data(self) -> dict[str, object]:
        """Return the table as it is kept with a credentials report."""
        return {
            "total": self.total,
            "rows": [
                {
                    "key": row.key,
                    "label": row.label,
                    "count": row.count,
                    "percent": row.percent,
                    "least": row.least_percent,
                    "unknown": row.unknown,
                }
                for row in self.rows
            ],
        }


def composition(*, congress: Congress, on: dt.date) -> Composition:
    """Return the table of the delegates with a vote whose mandates hold on the day; one query."""
    mandates = Delegate.objects.filter(congress=congress, seat=Seat.DELEGATE).in_force(on=on)
    return of_people(congress=congress, people=Person.objects.filter(pk__in=mandates.values("person")), on=on)


def of_people(*, congress: Congress, people: Iterable[Person], on: dt.date) -> Composition:
    """Return the table of these people on the day; age in full years on that day."""
    found = list(people)

    def row(key: str, label: str, fact: str, belongs: Callable[[Any], bool], least: Decimal | None = None) -> Share:
        told = [value for person in found if (value := getattr(person, fact))]
        return Share(key, label, sum(map(belongs, told)), len(found), len(found) - len(told), least)

    rows = (
        row("teachers", "教师", "post_category", lambda post: post == PostCategory.TEACHER, congress.min_teachers),
        row("women", "女代表", "gender", lambda gender: gender == Gender.FEMALE, congress.min_women),
        row("young", "40 岁以下", "birth_date", lambda born: _age(born, on) < YOUNG, congress.min_young),
        row("minorities", "少数民族", "ethnicity", lambda people: people not in _HAN),
        row("party", "中共党员", "political_status", lambda status: status in _PARTY),
    )
    return Composition(len(found), rows)


def _age(born: dt.date, on: dt.date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
