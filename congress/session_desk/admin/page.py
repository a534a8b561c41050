"""What a session's page shows: each body's quorum, agenda, roll and steps; presidium; who did what."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from congress.attendance.models import CredentialsReport
from congress.attendance.querysets import with_roll_counts
from congress.attendance.services.quorum import Quorum, needed
from congress.session_desk.admin.votes import may_vote, votes_by_item
from congress.sessions.enums import SITTING_MACHINE, AgendaOutcome, SittingState
from congress.sessions.models import AgendaItem, Session, SessionDocument, Sitting, SittingMove
from congress.sessions.services.sessions import presidium_warnings
from union_portal.base.portal import DeskFigure

TONES = {
    SittingState.PLANNED: "info",
    SittingState.OPEN: "due",
    SittingState.CLOSED: "done",
    SittingState.CANCELLED: "plain",
}
_ITEM_TONES = {
    AgendaOutcome.PENDING: "info",
    AgendaOutcome.HEARD: "done",
    AgendaOutcome.REVIEWED: "done",
    AgendaOutcome.PASSED: "done",
    AgendaOutcome.LOST: "refused",
    AgendaOutcome.WITHDRAWN: "plain",
}


@dataclass
class SittingPart:
    """One body's part of the page."""

    sitting: Sitting
    quorum: Quorum
    drawn: bool
    tone: str
    buttons: list[dict[str, Any]] = field(default_factory=list)
    agenda: list[Any] = field(default_factory=list)
    credentials: CredentialsReport | None = None

    @property
    def figures(self) -> list[DeskFigure]:
        """Return the cards: due, needed, present, still missing."""
        if self.sitting.session.recorded:
            cards = [("应到人数", self.sitting.due), ("实到人数", self.sitting.present)]
            return [DeskFigure(label, value, "人") for label, value in cards if value is not None]
        found = [DeskFigure("应到人数", self.quorum.due, "人"), DeskFigure("开幕须到", self.quorum.needed, "人")]
        if self.sitting.state != SittingState.CLOSED:
            found.append(DeskFigure("现在到会", self.quorum.present, "人"))
        if self.sitting.opened_at is not None and self.sitting.present is not None:
            found.append(DeskFigure("开幕时到会", self.sitting.present, "人"))
        else:
            found.append(DeskFigure("还差", self.quorum.missing, "人"))
        found.append(DeskFigure("请假", self.quorum.excused, "人"))
        return found


def parts_of(session: Session) -> list[SittingPart]:
    """Return the bodies' parts with quorum, agenda, votes and credentials; seven queries whatever their number."""
    sittings = list(with_roll_counts(session.sittings.select_related("congress__branch", "session", "credentials")))
    agenda: dict[int, list[AgendaItem]] = defaultdict(list)
    documents: dict[int, list[SessionDocument]] = defaultdict(list)
    for document in SessionDocument.objects.filter(item__sitting__in=sittings):
        documents[document.item_id].append(document)
    items = AgendaItem.objects.filter(sitting__in=sittings).select_related("sitting")
    votes = votes_by_item(items)
    for item in items:
        item.papers = documents[item.pk]
        item.votes = votes.get(item.pk, [])
        item.may_vote = may_vote(item)
        item.tone = _ITEM_TONES[AgendaOutcome(item.outcome)]
        agenda[item.sitting_id].append(item)
    found = []
    for one in sittings:
        due = one.due if one.due is not None else one.roll_due
        found.append(
            SittingPart(
                sitting=one,
                quorum=Quorum(
                    due=due,
                    present=one.roll_present,
                    excused=one.roll_excused,
                    needed=needed(congress=one.congress, due=due),
                    sitting_in=one.roll_sitting_in,
                ),
                drawn=one.roll_due > 0,
                tone=TONES[SittingState(one.state)],
                agenda=agenda[one.pk],
                credentials=getattr(one, "credentials", None),
            )
        )
    return found


def point_ahead(page: list[dict[str, Any]], parts: list[SittingPart]) -> None:
    """Let only the step that comes next stand out: draw up the roll, sign in at the door, open."""
    waiting = [part for part in parts if part.sitting.state == SittingState.PLANNED]
    at_door = any(part.drawn and not part.quorum.reached for part in waiting)
    for button in page:
        button["primary"] = button["name"] == "door" and at_door
    for part in waiting:
        wanted = "step_open" if part.quorum.reached else "" if part.drawn else "draw_up"
        for button in part.buttons:
            button["primary"] = button["name"] == wanted
        # What undoes the plan stands last.
        part.buttons.sort(key=lambda button: button["name"] == "step_cancel")


def timeline(session: Session) -> list[dict[str, Any]]:
    """Return what happened to the sittings, oldest first."""
    labels: dict[str, Any] = {move.action: move.label for move in SITTING_MACHINE.moves}
    labels["begin"] = "补录" if session.recorded else "召集"
    moves = SittingMove.objects.filter(subject__session=session).select_related("actor", "subject__congress__branch")
    return [
        {
            "at": move.at,
            "actor": move.actor,
            "label": f"{move.subject.congress} · {labels.get(move.action, move.action)}",
            "reason": move.reason,
        }
        for move in moves.order_by("at", "pk")
    ]


def context(session: Session, parts: list[SittingPart]) -> dict[str, Any]:
    states = {part.sitting.state for part in parts}
    return {
        "session": session,
        "parts": parts,
        "running": bool(states & {SittingState.PLANNED, SittingState.OPEN}),
        "live": SittingState.OPEN in states or any(part.quorum.present for part in parts),
        "presidium": session.presidium.select_related("person"),
        "presidium_warnings": presidium_warnings(session=session) if not session.recorded else [],
        "moves": timeline(session),
    }
