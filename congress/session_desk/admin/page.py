"""What a session's page shows: each body's quorum, agenda, roll and steps; presidium; who did what."""

from dataclasses import dataclass, field
from typing import Any

from congress.attendance.querysets import with_roll_counts
from congress.attendance.services.quorum import Quorum, counted
from congress.session_desk.admin.votes import may_vote, votes_by_item
from congress.sessions.enums import RUNNING, SITTING_MACHINE, AgendaOutcome, SittingState
from congress.sessions.models import Session, SittingMove
from congress.sessions.services.sessions import presidium_warnings
from union_portal.base.portal import DeskFigure
from union_portal.base.steps import Entry

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

    sitting: Any
    quorum: Quorum
    buttons: list[dict[str, Any]] = field(default_factory=list)
    blocked: list[dict[str, Any]] = field(default_factory=list)

    @property
    def drawn(self) -> bool:
        """Whether there is a roll with votes on it."""
        return bool(self.sitting.roll_due)

    @property
    def tone(self) -> str:
        """The colour of its state."""
        return TONES[SittingState(self.sitting.state)]

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
    """Return the bodies' parts with quorum, agenda, votes and credentials; five queries whatever their number."""
    rows = session.sittings.select_related("congress__branch", "session", "credentials")
    sittings = list(with_roll_counts(rows).prefetch_related("agenda__documents"))
    items = [item for one in sittings for item in one.agenda.all()]
    votes = votes_by_item(items)
    for item in items:
        item.votes = votes.get(item.pk, [])
        item.may_vote = may_vote(item)
        item.tone = _ITEM_TONES[AgendaOutcome(item.outcome)]
    return [SittingPart(one, counted(one)) for one in sittings]


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


def timeline(session: Session) -> list[Entry]:
    """Return what happened to the sittings, oldest first."""
    labels: dict[str, Any] = {move.action: move.label for move in SITTING_MACHINE.moves}
    labels["begin"] = "补录" if session.recorded else "召集"
    moves = SittingMove.objects.filter(subject__session=session).select_related("actor", "subject__congress__branch")
    return [
        Entry(move.at, move.actor, f"{move.subject.congress} · {labels.get(move.action, move.action)}", move.reason)
        for move in moves.order_by("at", "pk")
    ]


def context(session: Session, parts: list[SittingPart]) -> dict[str, Any]:
    states = {part.sitting.state for part in parts}
    presidium = list(session.presidium.select_related("person"))
    return {
        "session": session,
        "parts": parts,
        "running": not states.isdisjoint(RUNNING),
        "live": SittingState.OPEN in states or any(part.quorum.present for part in parts),
        "presidium": presidium,
        "presidium_warnings": presidium_warnings(session=session, members=presidium) if not session.recorded else [],
        "moves": timeline(session),
    }
