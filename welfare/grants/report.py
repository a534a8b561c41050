"""What benefits were given.

`welfare.benefits`, `welfare.<category>`, `welfare.festival.<festival>`, `welfare.festivals_held`,
`welfare.benefit.<code>`; and those given on occasions again with `.of_year`.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from union_portal.base.figures import OF_YEAR, Figure, FigureRequest
from union_portal.base.figures.counting import count
from union_portal.base.figures.kind import Catalogue, Counted, Kind
from union_portal.base.sql import values
from welfare.benefits.enums import Category, Festival
from welfare.benefits.models import Benefit
from welfare.grants.enums import GIVEN, GrantState
from welfare.grants.models import Grant

_GIVEN = Grant.objects.given()
# What was approved and has not arrived is due too; and among it what stands on a locked roster.
_DUE = Grant.objects.filter(state__in=(*GIVEN, GrantState.DUE, GrantState.RETURNED))
# Occasions of the school's own, such as its founding day.
_NO_FESTIVAL = Q(occasion__isnull=True) | Q(occasion__festival="")
_ON_ROSTERS = _DUE.filter(round__locked_at__isnull=False)
# What counts occasions tells of people only beside them: as a share of the members.
_OCCASIONS = "个"
_COLUMNS = ("person__staff_number", "person__name", "branch__name", "benefit__name", "occasion__name")


@dataclass(frozen=True)
class _Basis:
    """By which day grants are counted: the ending of the keys and labels, the day, the words, the records."""

    ending: str
    label: str
    day: str
    words: str
    given: "QuerySet[Any]"
    due: "QuerySet[Any]"
    on_rosters: "QuerySet[Any]"


_HANDED_OUT = _Basis("", "", "granted_on", "慰问（发放）记录，按发放日期计", _GIVEN, _DUE, _ON_ROSTERS)
_OF_YEAR = _Basis(
    OF_YEAR,
    "（按节日年度）",
    "day_in_year",
    "慰问（发放）记录，按节日与活动所属年度计",
    _GIVEN.in_years(),
    _DUE.in_years(),
    _ON_ROSTERS.in_years(),
)


def benefit_kinds() -> list[Kind]:
    """Return every kind: all benefits, their categories, the festivals, and each benefit of the catalogue.

    What is given on occasions is counted by the day it was handed out, and beside it by the year of the occasion.
    """
    benefits = list(Benefit.objects.only("code", "name", "category", "event_kind"))
    own = _kinds(_HANDED_OUT, benefits, tuple(Category))
    given = [one for one in benefits if not one.event_kind]
    return own + _kinds(_OF_YEAR, given, (Category.FESTIVAL, Category.BIRTHDAY, Category.SUMMER, Category.WINTER))


def _kinds(basis: _Basis, benefits: Sequence[Benefit], categories: Sequence[Category]) -> list[Kind]:
    own: list[Kind] = []
    told: dict[str, Any] = {
        "records": basis.given,
        "day": basis.day,
        "heads": "person",
        "amount": "amount",
        "basis": basis.words,
        "sensitive": True,  # who was given what tells who was ill, bereaved or in hardship
        "alike": ("benefit", "occasion"),
        "noted": "occasion",
        "against": lambda asked: _against(basis, own, asked),
    }
    people = {**told, "unit": "人", "columns": (*_COLUMNS, "granted_on", "amount", "source")}
    festive = Q(benefit__category=Category.FESTIVAL)
    held = {
        **told,
        "unit": _OCCASIONS,
        "once": "occasion",
        "columns": ("occasion__name", "benefit__name", "granted_on"),
    }

    def kind(key: str, label: str, where: Q, how: dict[str, Any]) -> Kind:
        return Kind(f"welfare.{key}{basis.ending}", f"{label}{basis.label}", where=where, **how)

    own += [kind("benefits", "全部福利慰问", Q(), people)]
    within = {**people, "inside": (f"welfare.benefits{basis.ending}",)}
    own += [kind(str(one), one.label, Q(benefit__category=one), within) for one in categories]
    own += [kind(f"festival.{one}", one.label, festive & Q(occasion__festival=one), people) for one in Festival]
    own += [kind("festival.other", "其他节日", festive & _NO_FESTIVAL, people)]
    own += [kind("festivals_held", "发放慰问品的节日", festive, held)]
    # Some benefits are called like the only category they are in.
    taken = {one.label.removesuffix(basis.label) for one in own}
    for one in benefits:
        label = f"{one.name}（福利项目）" if one.name in taken else one.name
        inside = {"inside": tuple(f"welfare.{key}{basis.ending}" for key in _wider(one))}
        own.append(kind(f"benefit.{one.code}", label, Q(benefit=one.pk), {**people, **inside}))
    return own


def _wider(benefit: Benefit) -> tuple[str, ...]:
    """Return what a benefit counts towards: its category, and the festival that it is named after."""
    if benefit.category != Category.FESTIVAL:
        return (benefit.category,)
    named = (one for one in Festival if one.label.removesuffix("节") in benefit.name)
    return (benefit.category, *(f"festival.{one}" for one in named))


def _against(
    basis: _Basis, kinds: Sequence[Kind], asked: Sequence[tuple[FigureRequest, Counted, Figure]]
) -> list[Figure]:
    """Set what arrived against the locked roster, else what an occasion brought against that day's members."""
    requests = [request for request, _counted, _figure in asked]
    locked = _count(kinds, requests, records=basis.on_rosters, heads="")
    rosters = [number for number in range(len(asked)) if number in locked and locked[number].times]
    due = _count(kinds, [requests[number] for number in rosters], records=basis.due)
    owed = {number: due[place].heads for place, number in enumerate(rosters)}
    days = [(number, counted.last, "") for number, (_request, counted, _figure) in enumerate(asked) if counted.noted]
    members = members_on([(number, day, gender) for number, day, gender in days if day is not None])
    return [
        _set(basis.words, figure, counted, owed.get(number), members.get(number))
        for number, (_request, counted, figure) in enumerate(asked)
    ]


def _count(kinds: Sequence[Kind], requests: Sequence[FigureRequest], **otherwise: Any) -> dict[int, Counted]:
    """Count other grants of the same benefits; what a request takes together with them is left out."""
    catalogue = Catalogue([replace(kind, **otherwise) for kind in kinds])
    own = [replace(request, kinds=catalogue.known(request.kinds)) for request in requests]
    return count(catalogue, own, ()) if own else {}


def _set(words: str, figure: Figure, counted: Counted, due: int | None, members: int | None) -> Figure:
    parts = [figure.basis]
    if counted.times and counted.first and counted.last:
        until = f"至{counted.last:%Y-%m-%d}" if counted.last != counted.first else ""
        parts = [figure.basis.replace(words, f"{words}（{counted.first:%Y-%m-%d}{until}）")]
        if due is not None:
            parts.append(f"锁定名册应发{due}人")
        elif members is not None:
            parts.append(f"{counted.last:%Y-%m-%d}在册会员{members}人")
        if counted.unpriced:
            parts.append(f"其中{counted.unpriced}条未记金额")
    return replace(
        figure,
        heads=None if figure.unit == _OCCASIONS else figure.heads,
        amount=figure.amount if counted.amount is not None else None,
        unit_price=counted.unit_price,
        numerator=counted.heads if members or due is not None else None,
        denominator=members if due is None else due,
        basis="；".join(parts),
    )


def members_on(days: Sequence[tuple[int, dt.date, str]]) -> dict[int, int]:
    """Count the active members on each (request, day, gender or ''), in one query that asks for each day once."""
    asked, parameters = values(sorted({(day, gender) for _number, day, gender in days}), types=["date", "text"])
    sql = f"""
        WITH asked(day, gender) AS ({asked})
        SELECT a.day, a.gender, count(DISTINCT m.person_id)
        FROM asked a JOIN members_membership m ON m.state = 'active' AND m.valid_from <= a.day
             AND (m.valid_to IS NULL OR m.valid_to >= a.day)
        JOIN members_person p ON p.id = m.person_id AND (a.gender = '' OR p.gender = a.gender)
        GROUP BY 1, 2
    """  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        found = {(day, gender): heads for day, gender, heads in cursor.fetchall()}
    return {number: found[day, gender] for number, day, gender in days if (day, gender) in found}


KINDS = [benefit_kinds]
