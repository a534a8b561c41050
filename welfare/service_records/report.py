"""What services there were: `welfare.services`, `welfare.services.<code>` by stage, and how many they reached."""

from typing import Any

from django.db.models import Q

from union_portal.base.figures.kind import Kind
from welfare.service_records.models import ServiceKind, ServiceRecord

_TOLD: dict[str, Any] = {
    "records": ServiceRecord.objects.all(),
    "day": "held_on",
    "owner": "branch",
    "columns": ("held_on", "title", "kind__name", "stage", "whom", "served", "amount"),
}
_TIMES: dict[str, Any] = {**_TOLD, "unit": "项", "heads": "person", "amount": "amount", "title": "title"}
_REACHED: dict[str, Any] = {**_TOLD, "unit": "人次", "adds": "served"}


def kinds_of_service() -> list[Kind]:
    """Return the whole, and each kind of the catalogue; what tells of one person's need is sensitive."""
    found = [
        Kind("welfare.services", "服务实事", **_TIMES),
        Kind("welfare.services_reached", "服务实事惠及", **_REACHED),
    ]
    for one in ServiceKind.objects.only("code", "name"):
        own: dict[str, Any] = {
            "where": Q(kind__code=one.code),
            "part": "stage" if one.code == "child_schooling" else "",
        }
        found.append(Kind(f"welfare.services.{one.code}", one.name, **_TIMES, **own))
        found.append(Kind(f"welfare.services_reached.{one.code}", f"{one.name}惠及", **_REACHED, **own))
    return found


KINDS = [kinds_of_service]
