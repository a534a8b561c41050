"""How many were covered, against the members of the day their cover began."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.db.models import Min

from union_portal.base.figures import Figure, FigureRequest
from union_portal.base.figures.kind import Counted, Kind
from welfare.grants.report import members_on
from welfare.mutual_aid.models import Cover, MutualAidPlan

_COVER = "welfare.cover"
_COVERS = Cover.objects.standing()
_COLUMNS = ("person__staff_number", "person__name", "plan__name", "starts_on", "ends_on", "paid_on", "premium")


def cover_kinds() -> list[Kind]:
    """Return cover as one kind, counted apart by plan."""
    plans = list(MutualAidPlan.objects.values_list("code", "name", "only_gender"))
    genders = {f"{_COVER}.{code}": gender for code, _name, gender in plans}
    return [
        Kind(
            _COVER,
            "互助保障参保",
            unit="人",
            basis="参保记录，按缴费日期计",
            records=_COVERS,
            day="paid_on",
            part="plan__code",
            parts={code: name for code, name, _gender in plans},
            heads="person",
            amount="premium",
            columns=_COLUMNS,
            against=lambda asked: _against(genders, asked),
        )
    ]


def _against(genders: Mapping[str, str], asked: Sequence[tuple[FigureRequest, Counted, Figure]]) -> list[Figure]:
    """Set those covered against the members who could be, on the day the first of these terms began."""
    periods = [request.period for request, _counted, _figure in asked]
    within = (min(period.start for period in periods), max(period.end for period in periods))
    paid = _COVERS.filter(paid_on__range=within)
    terms = paid.order_by().values_list("plan__code", "paid_on").annotate(Min("starts_on"))
    told = [(f"{_COVER}.{code}", paid_on, starts_on) for code, paid_on, starts_on in terms]
    days = []
    for number, (request, _counted, _figure) in enumerate(asked):
        plans = [key for key in genders if _COVER in request.kinds or key in request.kinds]
        begun = [day for key, paid_on, day in told if key in plans and request.period.contains(paid_on)]
        if begun:
            own = {genders[key] for key in plans}
            days.append((number, min(begun), own.pop() if len(own) == 1 else ""))
    members, found = members_on(days), [figure for _request, _counted, figure in asked]
    for number, day, _gender in days:
        figure, heads = found[number], members.get(number)
        found[number] = replace(
            figure,
            unit_price=asked[number][1].unit_price,
            numerator=figure.heads if heads else None,
            denominator=heads,
            basis=f"{figure.basis}；{day:%Y-%m-%d}参保当日在册{'会员' if heads is not None else ''}{heads or 0}人",
        )
    return found


KINDS = [cover_kinds]
