"""What the desk and the scrutineer's phone show of a counting sheet."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from congress.enums import BallotMethod, BallotResult, BallotState
from congress.models import Ballot
from union_portal.base.portal import DeskFigure

TONES = {
    BallotState.OPEN: "due",
    BallotState.COUNTED: "info",
    BallotState.CONFIRMED: "done",
    BallotState.VOIDED: "plain",
}


def figures(sheet: Any) -> list[DeskFigure]:
    """Return 应到, 实到 and how many votes carry; of a counted ballot the votes too."""
    found = [
        DeskFigure(_("due (应到)"), sheet.due, _("people")),
        DeskFigure(_("present (实到)"), sheet.present, _("people")),
        DeskFigure(
            _("votes needed") if isinstance(sheet, Ballot) else _("votes that elect"),
            sheet.needed,
            pgettext("unit", "votes"),
        ),
    ]
    if isinstance(sheet, Ballot) and sheet.votes_for is not None:
        found += [
            DeskFigure(_("For"), sheet.votes_for, pgettext("unit", "votes")),
            DeskFigure(_("Against"), sheet.votes_against or 0, pgettext("unit", "votes")),
            DeskFigure(_("Abstained"), sheet.abstained or 0, pgettext("unit", "votes")),
        ]
    return found


def papers(sheet: Any) -> list[tuple[str, int]]:
    """Return the papers as rows; nothing for a show of hands or before the count."""
    if sheet.method == BallotMethod.HANDS or sheet.handed_out is None:
        return []
    return [
        (_("Papers handed out"), sheet.handed_out),
        (_("Papers returned"), sheet.returned),
        (_("Valid papers"), sheet.valid),
        (_("Void papers"), sheet.void),
    ]


def verdict(sheet: Any) -> dict[str, str]:
    """Return the state, or of a confirmed ballot its result, as mark and word."""
    if isinstance(sheet, Ballot) and sheet.result:
        carried = sheet.result == BallotResult.CARRIED
        return {"tone": "done" if carried else "refused", "label": sheet.get_result_display()}
    return {"tone": TONES[BallotState(sheet.state)], "label": sheet.get_state_display()}


def sheet_context(sheet: Any) -> dict[str, Any]:
    """Return what the desk and the phone show of a counting sheet."""
    return {
        "sheet": sheet,
        "verdict": verdict(sheet),
        "figures": figures(sheet),
        "papers": papers(sheet),
        "is_ballot": isinstance(sheet, Ballot),
    }
