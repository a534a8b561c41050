"""The figures of sessions: how often bodies sat, who came, and what they heard, reviewed and passed."""

from typing import Any

from django.db.models import Q, TextField, Value
from django.db.models.functions import Cast, Concat

from congress.bodies.querysets import quorate
from congress.bodies.report import turnout
from congress.sessions.enums import AgendaOutcome
from congress.sessions.models import AgendaItem, Sitting
from union_portal.base.figures.kind import Kind, Ratio
from union_portal.base.sql import bare, in_marks

_HELD = Sitting.objects.held()
_ITEMS = AgendaItem.objects.annotate(marked=in_marks("title"))
_OF_SESSION = Concat(Cast("sitting__session_id", TextField()), Value(" "), bare("title"), output_field=TextField())
# One matter in a joint session, or one kind of report through the years.
_MATTERS = _ITEMS.annotate(matter=_OF_SESSION)
_REPORTS = _ITEMS.annotate(matter=bare("title", r"[《》\s]|\d{4}([—–-]\d{4})?(学年|年度|年)?"))
_SITTINGS: dict[str, Any] = {
    "unit": "次",
    "records": _HELD,
    "day": "session__convened_on",
    # Bodies that sat together held one session.
    "once": "session",
    "title": "session__title",
    "columns": ("session__convened_on", "session__title", "congress__body", "number", "session__source"),
}
_OUTCOMES = (
    (AgendaOutcome.HEARD, "听取", "听取事项", "听取报告种类"),
    (AgendaOutcome.REVIEWED, "审议", "审议事项", "审议报告种类"),
    (AgendaOutcome.PASSED, "通过", "审议通过事项", "审议通过文件种类"),
)

KINDS: list[Kind | Ratio] = [
    Kind(
        "congress.sessions",
        "教代会、工代会会议",
        part="congress__body",
        owner="congress__branch",
        basis="校级教代会、工代会会议，按召开日期计，双代会计一次",
        **_SITTINGS,
    ),
    Kind(
        "congress.branch_sessions",
        "二级教代会会议",
        where=Q(congress__branch__isnull=False),
        basis="二级教代会会议，按召开日期计",
        **_SITTINGS,
    ),
    Kind(
        "congress.sessions_quorate",
        "符合法定人数的教代会、工代会会议",
        where=quorate("congress"),
        part="congress__body",
        owner="congress__branch",
        basis="应到、实到均有登记且实到达到法定人数的会议，按召开日期计",
        **_SITTINGS,
    ),
    *turnout(
        *("congress.session", "会议应到代表", "会议实到代表", "代表出席率"),
        records=_HELD,
        day="session__convened_on",
        owner="congress__branch",
        part="congress__body",
        columns=("session__convened_on", "session__title", "congress__body", "due", "present"),
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
        title="marked",
        owner="sitting__congress__branch",
        columns=("sitting__session__convened_on", "sitting__session__title", "title", "presenter"),
        basis=f"会议议程（{told}），{once}",
    )
    for outcome, told, of_session, report in _OUTCOMES
    for stem, label, records, once in (
        ("agenda", of_session, _MATTERS, "双代会同一议题计一项"),
        ("titles", report, _REPORTS, "题名去年份后去重"),
    )
]
