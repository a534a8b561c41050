"""What figures of every body that meets have in common: 应到, 实到 and the rate between them."""

from typing import Any

from django.db.models import Q

from congress.bodies.querysets import BOTH_KNOWN
from union_portal.base.figures.kind import Kind, Ratio


def turnout(stem: str, due: str, present: str, rate: str, **meetings: Any) -> list[Kind | Ratio]:
    """Return the three figures of who was due and who came, under these names; `meetings` says of which rows."""
    rows = {**meetings, "unit": "人次", "where": Q(**BOTH_KNOWN)}
    parts = ((f"{stem}_due", due, "due", "应到"), (f"{stem}_present", present, "present", "实到"))
    return [
        *(
            Kind(key, label, adds=field, basis=f"会议登记的{word}人数之和，按召开日期计", **rows)
            for key, label, field, word in parts
        ),
        Ratio(f"{stem}_attendance", rate, above=(f"{stem}_present",), below=(f"{stem}_due",), basis="实到÷应到"),
    ]
