"""Visits: `welfare.visits` by festival, each kind by its code, and for how many occasions people were gone to see."""

from typing import Any

from django.db.models import Q

from union_portal.base.figures.kind import Kind
from welfare.visits.models import Visit, VisitKind

_TOLD: dict[str, Any] = {
    "records": Visit.objects.standing().with_yuan(),
    "day": "visited_on",
    "branch": "branch",
    "columns": ("visited_on", "kind__name", "person__name", "whom", "visitors", "occasion__name", "yuan"),
}
_TIMES: dict[str, Any] = {**_TOLD, "unit": "人次", "heads": "person", "amount": "yuan", "sort": "kind__name"}
_HELD: dict[str, Any] = {**_TOLD, "unit": "次", "once": "occasion", "title": "occasion__name"}


def kinds_of_visit() -> list[Kind]:
    """Return the whole, and each kind of the catalogue; what tells of illness, death or want is sensitive."""
    on = Q(occasion__isnull=False)
    found = [
        Kind("welfare.visits", "走访", part="occasion__festival", **_TIMES),
        Kind("welfare.visits_held", "节日和活动走访", where=on, **_HELD),
    ]
    for one in VisitKind.objects.only("code", "name", "grave"):
        own: dict[str, Any] = {"where": Q(kind__code=one.code), "sensitive": one.grave}
        key, label = f"visits_to.{one.code}", f"走访{one.name.removesuffix('必访')}"
        found.append(Kind(f"welfare.{key}", label, inside=("welfare.visits",), **_TIMES, **own))
        own["where"] &= on
        found.append(Kind(f"welfare.visits_held.{one.code}", f"{label}的节日和活动", **_HELD, **own))
    return found


KINDS = [kinds_of_visit]
