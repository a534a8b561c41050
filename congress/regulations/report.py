"""The figures of regulations: what holds on a day, what was adopted, revised or improved, and what was repealed."""

import datetime as dt

from django.db.models import Case, DateField, ExpressionWrapper, F, Min, OuterRef, Q, Subquery, When

from congress.regulations.enums import RegulationAct
from congress.regulations.models import Regulation, RegulationVersion
from union_portal.base.figures.kind import Kind
from union_portal.base.sql import in_marks

_REPEALED = Q(act=RegulationAct.REPEALED)
_VERSIONS = RegulationVersion.objects.annotate(marked=in_marks("regulation__title"))
_OWN = RegulationVersion.objects.filter(regulation=OuterRef("pk")).order_by("-on", "-pk")
_FIRST = RegulationVersion.objects.filter(~_REPEALED, regulation=OuterRef("pk")).order_by().values("regulation")
_LAST_REPEALED = Case(When(_REPEALED, then=F("on") - dt.timedelta(days=1)), output_field=DateField())
# From its first version until it was repealed, if that is the last that was done.
_HOLDING = Regulation.objects.annotate(
    marked=in_marks("title"),
    holds_from=Subquery(_FIRST.annotate(first=Min("on")).values("first"), output_field=DateField()),
    holds_until=ExpressionWrapper(
        Subquery(_OWN.annotate(last=_LAST_REPEALED).values("last")[:1]), output_field=DateField()
    ),
).filter(holds_from__isnull=False)
_COLUMNS = ("on", "regulation", "act", "number", "decided_by")

KINDS = [
    Kind(
        "congress.regulations_in_force",
        "现行规章制度",
        unit="部",
        records=_HOLDING,
        day="holds_from",
        until="holds_until",
        title="marked",
        columns=("title", "keeper", "holds_from"),
        basis="规章制度登记（未废止）",
    ),
    Kind(
        "congress.regulations",
        "制定、修订、完善的规章制度",
        unit="部",
        records=_VERSIONS,
        where=~_REPEALED,
        day="on",
        part="act",
        parts={act.value: act.label for act in RegulationAct if act != RegulationAct.REPEALED},
        once="regulation",
        title="marked",
        columns=_COLUMNS,
        basis="规章制度登记，按制定、修订或完善日期计，同一制度计一部",
    ),
    Kind(
        "congress.regulations_repealed",
        "废止的规章制度",
        unit="部",
        records=_VERSIONS,
        where=_REPEALED,
        day="on",
        once="regulation",
        title="marked",
        columns=_COLUMNS,
        basis="规章制度登记，按废止日期计",
    ),
]
