"""How many were covered, by the day of payment and by the year of cover, against the members of its first day."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from django.db.models import Min, Q

from union_portal.base.figures import OF_YEAR, Figure, FigureRequest
from union_portal.base.figures.kind import Counted, Kind
from welfare.grants.report import members_on
from welfare.mutual_aid.enums import CoverState
from welfare.mutual_aid.models import Cover, MutualAidPlan

_COVER = "welfare.cover"
_COVERS = Cover.objects.standing()
_COLUMNS = ("person__staff_number", "person__name", "plan__name", "starts_on", "ends_on", "paid_on", "premium")


def cover_kinds() -> list[Kind]:
    """Return cover and that of each plan, by the day of payment and again by the first day of cover (`.of_year`)."""
    plans = list(MutualAidPlan.objects.values_list("code", "name", "only_gender"))
    genders = {code: gender for code, _name, gender in plans}
    told: dict[str, Any] = {
        "unit": "人",
        "records": _COVERS,
        "heads": "person",
        "amount": "premium",
        "columns": _COLUMNS,
        "branch": "branch",
    }
    paid = Kind(
        _COVER,
        "互助保障参保",
        basis="参保记录，按缴费日期计",
        day="paid_on",
        part="plan__code",
        parts={code: name for code, name, _gender in plans},
        against=partial(_against, genders, "paid_on"),
        **told,
    )
    of_year: dict[str, Any] = {
        **told,
        "basis": "参保记录，按保障起始日期计",
        "day": "starts_on",
        "against": partial(_against, genders, "starts_on"),
    }
    return [
        paid,
        Kind(_COVER + OF_YEAR, "互助保障参保（按保障年度）", **of_year),
        *(
            Kind(
                f"{_COVER}.{code}{OF_YEAR}",
                f"互助保障参保（{name}）（按保障年度）",
                where=Q(plan__code=code),
                **of_year,
            )
            for code, name, _gender in plans
        ),
    ]


def _against(
    genders: Mapping[str, str], by: str, asked: Sequence[tuple[FigureRequest, Counted, Figure]]
) -> list[Figure]:
    """Set those covered against the members who could be, on the day the first of these terms began."""
    periods = [request.period for request, _counted, _figure in asked]
    span = (min(period.start for period in periods), max(period.end for period in periods))
    branch = asked[0][0].branch
    own = Q(branch__in=branch) if branch else Q()
    terms = _COVERS.filter(own, **{f"{by}__range": span}).order_by().values_list("plan__code", by)
    told = list(terms.annotate(Min("starts_on")))
    days = []
    for number, (request, _counted, _figure) in enumerate(asked):
        named = {kind.removesuffix(OF_YEAR) for kind in request.kinds}
        plans = [code for code in genders if named & {_COVER, f"{_COVER}.{code}"}]
        begun = [starts_on for code, on, starts_on in told if code in plans and request.period.contains(on)]
        if begun:
            only = {genders[code] for code in plans}
            days.append((number, min(begun), only.pop() if len(only) == 1 else ""))
    members, found = members_on(days, branch), [figure for _request, _counted, figure in asked]
    for number, day, _gender in days:
        figure, heads = found[number], members.get(number)
        found[number] = replace(
            figure,
            unit_price=asked[number][1].unit_price,
            numerator=figure.heads if heads else None,
            denominator=heads,
            basis=f"{figure.basis}；{day:%Y-%m-%d}参保当日在职{'会员' if heads is not None else ''}{heads or 0}人",
        )
    return found


_FIRST_PAID = MutualAidPlan.objects.annotate(
    first_paid_on=Min("covers__paid_on", filter=~Q(covers__state=CoverState.ANNULLED))
)
_PLANS = [
    Kind(
        "welfare.plans_joined",
        "参加的互助保障计划",
        unit="项",
        records=_COVERS,
        day="paid_on",
        once="plan",
        title="plan__name",
        basis="参保记录，按缴费日期计，每个计划计一次",
    ),
    Kind(
        "welfare.plans_new",
        "新参加的互助保障计划",
        unit="项",
        records=_FIRST_PAID,
        day="first_paid_on",
        title="name",
        basis="首次缴费在此期间的计划",
    ),
]
KINDS = [cover_kinds, *_PLANS]
