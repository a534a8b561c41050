"""How many were covered, against the members of the day their cover began."""

from collections.abc import Sequence
from dataclasses import replace

from django.db.models import Max, Min

from members.totals.report import Summaries
from union_portal.base.figures import Figure, FigureRequest, FigureSource
from union_portal.base.figures.kind import Kind
from union_portal.base.figures.source import source
from welfare.grants.report.counting import members_on
from welfare.mutual_aid.models import Cover, MutualAidPlan

COVER = "welfare.cover"
COLUMNS = ("person__staff_number", "person__name", "plan__name", "starts_on", "ends_on", "paid_on", "premium")


def _counted() -> FigureSource:
    kind = Kind(
        COVER,
        "互助保障参保",
        unit="人",
        basis="参保记录，按缴费日期计",
        records=Cover.objects.all(),
        day="paid_on",
        part="plan__code",
        parts=dict(MutualAidPlan.objects.values_list("code", "name")),
        heads="person",
        amount="premium",
        columns=COLUMNS,
    )
    return source("welfare", [kind], totals=Summaries)


def count(requests: Sequence[FigureRequest]) -> list[Figure]:
    """Answer the requests by the day of payment; a constant number of queries."""
    plans = {f"{COVER}.{code}": only for code, only in MutualAidPlan.objects.values_list("code", "only_gender")}
    terms = Cover.objects.order_by().values_list("plan__code", "paid_on")
    told = list(terms.annotate(Min("starts_on"), Min("premium"), Max("premium")))
    spans, days = {}, []
    for number, request in enumerate(requests):
        asked = [key for key in plans if COVER in request.kinds or key in request.kinds]
        inside = [row for row in told if f"{COVER}.{row[0]}" in asked and request.period.contains(row[1])]
        if inside:
            genders = {plans[key] for key in asked}
            spans[number] = min(row[2] for row in inside), {price for row in inside for price in row[3:]}
            days.append((number, spans[number][0], genders.pop() if len(genders) == 1 else ""))
    members, found = members_on(days), list(_counted().count(requests))
    for number, (day, prices) in spans.items():
        figure, heads = found[number], members.get(number)
        if not figure.summary:
            found[number] = replace(
                figure,
                unit_price=prices.pop() if len(prices) == 1 else None,
                numerator=figure.heads if heads else None,
                denominator=heads,
                basis=f"{figure.basis}；{day:%Y-%m-%d}参保当日在册{'会员' if heads is not None else ''}{heads or 0}人",
            )
    return found


SOURCE = FigureSource(
    app="welfare",
    kinds=lambda: _counted().kinds(),
    count=count,
    rows=lambda request, user: _counted().rows(request, user),
    asks=True,
)
