"""The figures of sessions: how often bodies sat, and what they heard, reviewed and passed."""

from typing import Any

from django.db.models import F, Func, Q, TextField, Value
from django.db.models.functions import Cast, Concat

from congress.sessions.enums import AgendaOutcome
from congress.sessions.models import AgendaItem, Sitting
from union_portal.base.figures.kind import Kind


def plain(pattern: str) -> Func:
    """Return titles as committees and agendas write them, without what the pattern means."""
    told = (Value(pattern), Value(""), Value("g"))
    return Func(F("title"), *told, function="regexp_replace", output_field=TextField())


_HELD = Sitting.objects.held()
_ITEMS = AgendaItem.objects.filter(sitting__congress__branch__isnull=True)
_OF_SESSION = Concat(Cast("sitting__session_id", TextField()), Value(" "), plain(r"[《》\s]"), output_field=TextField())
# One matter in a joint session, or one kind of report through the years.
_MATTERS = _ITEMS.annotate(matter=_OF_SESSION)
_REPORTS = _ITEMS.annotate(matter=plain(r"[《》\s]|\d{4}([—–-]\d{4})?(学年|年度|年)?"))
_SITTINGS: dict[str, Any] = {
    "unit": "次",
    "day": "session__convened_on",
    # Bodies that sat together held one session.
    "once": "session",
    "columns": ("session__convened_on", "session__title", "congress__body", "number", "session__source"),
}
_OUTCOMES = (
    (AgendaOutcome.HEARD, "听取", "听取事项", "听取报告种类"),
    (AgendaOutcome.REVIEWED, "审议", "审议事项", "审议报告种类"),
    (AgendaOutcome.PASSED, "通过", "审议通过事项", "审议通过文件种类"),
)

KINDS = [
    Kind(
        "congress.sessions",
        "教代会、工代会会议",
        records=_HELD.filter(congress__branch__isnull=True),
        part="congress__body",
        basis="校级教代会、工代会会议，按召开日期计，双代会计一次",
        **_SITTINGS,
    ),
    Kind(
        "congress.branch_sessions",
        "二级教代会会议",
        records=_HELD.filter(congress__branch__isnull=False),
        basis="二级教代会会议，按召开日期计",
        **_SITTINGS,
    ),
]
KINDS += [
    Kind(
        f"congress.{stem}.{outcome}",
        label,
        unit="项",
        records=records,
        where=Q(outcome=outcome),
        day="sitting__session__convened_on",
        once="matter",
        columns=("sitting__session__convened_on", "sitting__session__title", "title", "presenter"),
        basis=f"会议议程（{told}），{once}",
    )
    for outcome, told, of_session, report in _OUTCOMES
    for stem, label, records, once in (
        ("agenda", of_session, _MATTERS, "双代会同一议题计一项"),
        ("titles", report, _REPORTS, "题名去年份后去重"),
    )
]
