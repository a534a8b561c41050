"""What the desk and the scrutineer's phone show of a counting sheet."""

from typing import Any

from congress.voting.enums import BallotMethod, BallotResult, BallotState
from congress.voting.models import Ballot
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
        DeskFigure("应到人数", sheet.due, "人"),
        DeskFigure("实到人数", sheet.present, "人"),
    ]
    if not getattr(sheet, "by_most_votes", False):
        label = "通过所需票数" if isinstance(sheet, Ballot) else "当选所需票数"
        found.append(DeskFigure(label, sheet.needed, "票"))
    if isinstance(sheet, Ballot) and sheet.votes_for is not None:
        found += [
            DeskFigure("同意", sheet.votes_for, "票"),
            DeskFigure("不同意", sheet.votes_against or 0, "票"),
            DeskFigure("弃权", sheet.abstained or 0, "票"),
        ]
    return found


def papers(sheet: Any) -> list[tuple[str, int]]:
    """Return the papers as rows; nothing for a show of hands or before the count."""
    if sheet.method == BallotMethod.HANDS or sheet.handed_out is None:
        return []
    return [
        ("发出票数", sheet.handed_out),
        ("收回票数", sheet.returned),
        ("有效票", sheet.valid),
        ("无效票", sheet.void),
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
