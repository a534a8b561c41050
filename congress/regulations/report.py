"""The figures of regulations: what was adopted, revised or improved, and what was repealed."""

from django.db.models import Q

from congress.regulations.enums import RegulationAct
from congress.regulations.models import RegulationVersion
from union_portal.base.figures.kind import Kind
from union_portal.base.sql import in_marks

_REPEALED = Q(act=RegulationAct.REPEALED)
_VERSIONS = RegulationVersion.objects.annotate(marked=in_marks("regulation__title"))
_COLUMNS = ("on", "regulation", "act", "number", "decided_by")

KINDS = [
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
