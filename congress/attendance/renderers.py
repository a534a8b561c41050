"""The sign-in sheet on paper."""

from django.template.loader import render_to_string
from django.utils import timezone

from congress.delegates.renderers import ROLL_ORDER, by_delegation, printable
from congress.sessions.models import Sitting
from union_portal.base.errors import Refused
from union_portal.base.paper import PaperResult, Progress, render


def sign_in_sheet(*, sitting: Sitting, union: str, progress: Progress | None = None) -> PaperResult:
    """Return the sheet to sign at the door, one part per delegation, those without a vote last."""
    lines = list(sitting.roll.select_related("person", "delegation", "delegate__unit").order_by(*ROLL_ORDER))
    if not lines:
        raise Refused(f"{sitting}还没有应到名册，请先生成名册。")
    printable(len(lines))
    voting = [line for line in lines if line.votes]
    parts = by_delegation(voting)
    others = [line for line in lines if not line.votes]
    if others:
        parts.append(("列席、特邀人员", others))
    title = f"{sitting}签到表"
    html = render_to_string(
        "congress/attendance/paper/sign_in.html",
        {
            "title": title,
            "union": union,
            "parts": parts,
            "count": len(voting),
            "session": sitting.session,
            "reference": f"S{sitting.pk:05d}",
        },
    )
    return render(html, title=title, created=timezone.now(), stylesheet="form", archival=False, progress=progress)
