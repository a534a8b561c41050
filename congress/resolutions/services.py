"""Resolutions (决议) and minutes (会议纪要): the words in which a body decided, and what the session was."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from congress.elections.models import Election
from congress.resolutions.models import Resolution
from congress.sessions.enums import AgendaOutcome, SittingState
from congress.sessions.models import AgendaItem, Session, Sitting
from congress.voting.enums import BallotState
from congress.voting.models import Ballot
from union_portal.base.errors import Refused
from union_portal.base.steps import hold, saved

SETTLED = (AgendaOutcome.PASSED, AgendaOutcome.HEARD, AgendaOutcome.REVIEWED)


@transaction.atomic
def adopt_resolution(
    *, sitting: Sitting, title: str, text: str, item: AgendaItem | None = None, on: dt.date | None = None
) -> Resolution:
    """Record the words of a resolution; refused for an item of another sitting, or one that was not passed."""
    held = hold(sitting, "session")
    if held.state not in {SittingState.OPEN, SittingState.CLOSED}:
        raise Refused(f"{held}尚未开幕。", field="sitting")
    if item is not None and item.sitting_id != held.pk:
        raise Refused("该议题不属于本次会议。", field="item")
    if item is not None and item.outcome not in SETTLED:
        raise Refused(f"“{item.title}”未通过（{item.get_outcome_display()}），不能形成决议。", field="item")
    day = on or (item.decided_on if item and item.decided_on else held.session.convened_on)
    return saved(Resolution(sitting=held, item=item, title=title.strip(), text=text.strip(), adopted_on=day))


@transaction.atomic
def write_minutes(*, session: Session, text: str) -> Session:
    """Keep the words of the minutes; attendance, agenda and results are added from the records when printed."""
    held = hold(session)
    held.minutes = text.strip()
    held.save(update_fields=["minutes"])
    return held


@dataclass(frozen=True)
class Item:
    """One agenda item with what was voted on it."""

    item: AgendaItem
    ballot: Ballot | None
    elections: tuple[Election, ...]


@dataclass(frozen=True)
class Part:
    """One body's part of the session, as the minutes tell it."""

    sitting: Sitting
    excused: int
    sitting_in: int
    items: tuple[Item, ...]
    # Elections that stand on no agenda item.
    elections: tuple[Election, ...]
    resolutions: tuple[Resolution, ...]


def parts(*, session: Session) -> tuple[Part, ...]:
    """Gather attendance, agenda, confirmed votes and resolutions of a session."""
    found = []
    for sitting in session.sittings.select_related("congress__branch", "session").exclude(state=SittingState.CANCELLED):
        lines = list(sitting.roll.values_list("votes", "came_at", "excused"))
        confirmed = Ballot.objects.filter(item__sitting=sitting, state=BallotState.CONFIRMED)
        ballots = {one.item_id: one for one in confirmed.select_related("teller", "scrutineer")}
        rows = sitting.elections.filter(state=BallotState.CONFIRMED).select_related("committee", "teller", "scrutineer")
        elections = list(rows.prefetch_related("candidates__person").order_by("opened_at", "pk"))
        found.append(
            Part(
                sitting=sitting,
                excused=sum(votes and came is None and bool(why) for votes, came, why in lines),
                sitting_in=sum(not votes and came is not None for votes, came, _why in lines),
                items=tuple(
                    Item(one, ballots.get(one.pk), tuple(each for each in elections if each.item_id == one.pk))
                    for one in sitting.agenda.all()
                ),
                elections=tuple(one for one in elections if one.item_id is None),
                resolutions=tuple(sitting.resolutions.all()),
            )
        )
    return tuple(found)
