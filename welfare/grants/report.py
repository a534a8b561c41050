"""What benefits were given.

`welfare.benefits`, `welfare.<category>`, `welfare.festival.<festival>`, `welfare.festivals_held`,
`welfare.benefit.<code>`; those given on occasions again with `.of_year`, categories and festivals again with
`.to_staff` and `.to_retirees`.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection
from django.db.models import Case, CharField, F, Q, QuerySet, Value, When

from members.people.enums import OWN, PersonKind
from union_portal.base.figures import OF_YEAR, Figure, FigureRequest, Item
from union_portal.base.figures.counting import count
from union_portal.base.figures.kind import Catalogue, Counted, Kind
from union_portal.base.sql import values
from welfare.benefits.enums import Category, Festival
from welfare.benefits.models import Benefit, Occasion
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
_BESIDE: dict[Category, tuple[Kind, ...]] = {}


def count_with(category: Category, *given: Kind) -> None:
    """Count what a higher room gives, by kinds over all records of a queryset, with the grants of a category."""
    _BESIDE[category] = given


def _told_apart(rows: "QuerySet[Any]", day: str) -> "QuerySet[Any]":
    """Annotate who received it, on the day he did: one without a day of retirement is what the register calls him."""
    retired = Q(person__kind__in=OWN, person__retired_on__lt=F(day)) | Q(
        person__kind=PersonKind.RETIREE, person__retired_on__isnull=True
    )
    told: QuerySet[Any] = rows.annotate(
        recipient=Case(
            When(retired, then=Value(PersonKind.RETIREE)),
            When(person__kind__in=OWN, then=Value(PersonKind.STAFF)),
            default=F("person__kind"),
            output_field=CharField(),
        )
    )
    return told


_TOLD_APART = _told_apart(_GIVEN, "granted_on")
_RECIPIENTS = (("to_staff", PersonKind.STAFF, "在职"), ("to_retirees", PersonKind.RETIREE, "离退休"))
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
    benefits = list(Benefit.objects.only("code", "name", "category", "event_kind", "non_members"))
    own = _kinds(_HANDED_OUT, benefits, tuple(Category))
    given = [one for one in benefits if not one.event_kind]
    categories = (Category.FESTIVAL, Category.BIRTHDAY, Category.SUMMER, Category.WINTER)
    return [*own, *_kinds(_OF_YEAR, given, categories), *_kinds_by_recipient()]


def _kinds_by_recipient() -> list[Kind]:
    """Return what staff received apart from what retirees did, of everything, each category and each festival."""
    festive = Q(benefit__category=Category.FESTIVAL)
    told: list[tuple[str, str, Q, tuple[Kind, ...]]] = [("benefits", "全部福利慰问", Q(), ())]
    told += [(str(one), one.label, Q(benefit__category=one), _BESIDE.get(one, ())) for one in Category]
    told += [(f"festival.{one}", one.label, festive & Q(occasion__festival=one), ()) for one in Festival]
    return [
        Kind(
            f"welfare.{key}.{ending}",
            f"{label}（{called}）",
            unit="人",
            records=_TOLD_APART,
            where=where & Q(recipient=recipient),
            day="granted_on",
            heads="person",
            amount="amount",
            basis=f"慰问（发放）记录，按发放日期计；发放当日{called}的人员",
            sensitive=True,
            alike=("benefit", "occasion", "recipient"),
            branch="branch",
            columns=(*_COLUMNS, "granted_on", "amount", "source"),
            against=_with_prices,
            beside=tuple(
                replace(one, records=_told_apart(one.records, one.day), where=Q(recipient=recipient)) for one in beside
            ),
        )
        for key, label, where, beside in told
        for ending, recipient, called in _RECIPIENTS
    ]


def _with_prices(asked: Sequence[tuple[FigureRequest, Counted, Figure]]) -> list[Figure]:
    return [_priced(figure, counted) for _request, counted, figure in asked]


def _priced(figure: Figure, counted: Counted) -> Figure:
    """Return the figure with what it is known to have cost: no sum where none was written down, a price all had."""
    amount = figure.amount if counted.amount is not None else None
    # What each person had is no price of a festival.
    unpriced = counted.unpriced or figure.unit == _OCCASIONS
    return replace(figure, amount=amount, unit_price=None if unpriced else counted.unit_price)


def _kinds(basis: _Basis, benefits: Sequence[Benefit], categories: Sequence[Category]) -> list[Kind]:
    own: list[Kind] = []
    beyond = {str(one.pk) for one in benefits if one.non_members}
    told: dict[str, Any] = {
        "records": basis.given,
        "day": basis.day,
        "heads": "person",
        "amount": "amount",
        "basis": basis.words,
        "sensitive": True,  # who was given what tells who was ill, bereaved or in hardship
        "alike": ("benefit", "occasion"),
        "noted": ("benefit", "occasion"),
        "branch": "branch",
        "against": lambda asked: _against(basis, own, beyond, asked),
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
    own += [kind(str(one), one.label, Q(benefit__category=one), within | _beside(basis, one)) for one in categories]
    own += [kind(f"festival.{one}", one.label, festive & Q(occasion__festival=one), people) for one in Festival]
    own += [kind("festival.other", "其他节日", festive & _NO_FESTIVAL, people)]
    own += [kind("festivals_held", "发放慰问品的节日", festive, held)]
    own += [kind("festivals_held.other", "其他节日与活动", festive & _NO_FESTIVAL, held)]
    # Some benefits are called like the only category they are in.
    taken = {one.label.removesuffix(basis.label) for one in own}
    for one in benefits:
        label = f"{one.name}（福利项目）" if one.name in taken else one.name
        inside = {"inside": tuple(f"welfare.{key}{basis.ending}" for key in _wider(one))}
        own.append(kind(f"benefit.{one.code}", label, Q(benefit=one.pk), {**people, **inside}))
    return own


def _beside(basis: _Basis, category: Category) -> dict[str, Any]:
    """Return what is counted with a category, and that it is."""
    beside = _BESIDE.get(category, ())
    return {"beside": beside, "basis": "，".join((basis.words, *(f"含{one.label}" for one in beside)))}


def _wider(benefit: Benefit) -> tuple[str, ...]:
    """Return what a benefit counts towards: its category, and the festival that it is named after."""
    if benefit.category != Category.FESTIVAL:
        return (benefit.category,)
    named = (one for one in Festival if one.label.removesuffix("节") in benefit.name)
    return (benefit.category, *(f"festival.{one}" for one in named))


def _against(
    basis: _Basis,
    kinds: Sequence[Kind],
    beyond: Collection[str],
    asked: Sequence[tuple[FigureRequest, Counted, Figure]],
) -> list[Figure]:
    """Set what arrived against the locked roster, else what an occasion brought against that day's members.

    What others than members receive too (benefits `beyond`) is held against no number of members.
    """
    requests = [request for request, _counted, _figure in asked]
    locked = _count(kinds, requests, records=basis.on_rosters, heads="")
    rosters = [number for number in range(len(asked)) if number in locked and locked[number].times]
    due = _count(kinds, [requests[number] for number in rosters], records=basis.due)
    owed = {number: due[place].heads for place, number in enumerate(rosters)}
    days = [
        (number, counted.last, "")
        for number, (_request, counted, _figure) in enumerate(asked)
        if counted.last is not None and _for_members(counted, beyond)
    ]
    members = members_on(days, requests[0].branch)
    names = _names({key for _request, counted, _figure in asked for key in counted.things})
    return [
        replace(
            _set(basis.words, figure, counted, owed.get(number), members.get(number)),
            items=tuple(names[key] for key in names if key in counted.things),
        )
        for number, (_request, counted, figure) in enumerate(asked)
    ]


def _for_members(counted: Counted, beyond: Collection[str]) -> bool:
    """Whether any was given on an occasion, and none of the benefits `beyond`."""
    given = {benefit for benefit, _occasion in counted.noted}
    return given.isdisjoint(beyond) and any(occasion for _benefit, occasion in counted.noted)


def _names(occasions: set[int]) -> dict[int, Item]:
    """Return what the occasions are called, in the order of their days."""
    if not occasions:
        return {}
    found = Occasion.objects.filter(pk__in=occasions).order_by("year", F("day").asc(nulls_last=True), "pk")
    return {one.pk: Item(one.name, one.day) for one in found}


def _count(kinds: Sequence[Kind], requests: Sequence[FigureRequest], **otherwise: Any) -> dict[int, Counted]:
    """Count other grants of the same benefits; what a request takes together with them is left out."""
    if not requests:
        return {}
    catalogue = Catalogue([replace(kind, beside=(), **otherwise) for kind in kinds]).of_branch(requests[0].branch)
    return count(catalogue, [replace(request, kinds=catalogue.known(request.kinds)) for request in requests], ())


def _set(words: str, figure: Figure, counted: Counted, due: int | None, members: int | None) -> Figure:
    figure = _priced(figure, counted)
    parts = [figure.basis]
    if counted.times and counted.first and counted.last:
        until = f"至{counted.last:%Y-%m-%d}" if counted.last != counted.first else ""
        parts = [figure.basis.replace(words, f"{words}（{counted.first:%Y-%m-%d}{until}）")]
        if due is not None:
            parts.append(f"锁定名册应发{due}人")
        elif members is not None:
            parts.append(f"{counted.last:%Y-%m-%d}在职会员{members}人")
        if counted.unpriced:
            parts.append(f"其中{counted.unpriced}条未记金额")
    return replace(
        figure,
        heads=None if figure.unit == _OCCASIONS else figure.heads,
        numerator=counted.heads if members or due is not None else None,
        denominator=members if due is None else due,
        basis="；".join(parts),
    )


def members_on(days: Sequence[tuple[int, dt.date, str]], branch: Sequence[int] = ()) -> dict[int, int]:
    """Count the active members on each (request, day, gender or ''), in one query that asks for each day once.

    With branches, those who belonged to one of them that day.
    """
    belongs = """
        JOIN members_branchassignment b ON b.person_id = m.person_id AND b.branch_id = ANY(%s::bigint[])
             AND b.valid_from <= a.day AND (b.valid_to IS NULL OR b.valid_to >= a.day)
    """
    belongs = belongs if branch else ""
    asked, parameters = values(sorted({(day, gender) for _number, day, gender in days}), types=["date", "text"])
    sql = f"""
        WITH asked(day, gender) AS ({asked})
        SELECT a.day, a.gender, count(DISTINCT m.person_id)
        FROM asked a JOIN members_membership m ON m.state = 'active' AND m.valid_from <= a.day
             AND (m.valid_to IS NULL OR m.valid_to >= a.day)
        JOIN members_person p ON p.id = m.person_id AND (a.gender = '' OR p.gender = a.gender)
        {belongs}
        GROUP BY 1, 2
    """  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [*parameters, *([list(branch)] if branch else [])])
        found = {(day, gender): heads for day, gender, heads in cursor.fetchall()}
    return {number: found[day, gender] for number, day, gender in days if (day, gender) in found}


KINDS = [benefit_kinds]
