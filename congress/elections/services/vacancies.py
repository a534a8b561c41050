"""Seats that no round filled: left vacant (空缺) by decision, so that an election comes to its end."""

from django.db import transaction
from django.utils import timezone

from congress.elections.models import Election
from congress.elections.services.outcomes import elected_in, outcome_of
from congress.sessions.enums import AgendaOutcome
from congress.voting.enums import BallotState
from union_portal.accounts.models import User
from union_portal.base.errors import Refused
from union_portal.base.steps import hold, move


@transaction.atomic
def leave_open(*, election: Election, reason: str, actor: User | None) -> Election:
    """Leave the seats that the last round did not fill vacant (空缺), and why; settles the agenda item.

    Refused before the count is confirmed, while or after another round, twice, and when no seat is open.
    """
    held = hold(election, "sitting", "item")
    if not reason.strip():
        raise Refused("请说明名额空缺的原因。", field="reason")
    if not has_open_seats(held):
        raise Refused("本轮没有待处理的空缺名额，请查看最后一轮选举。")
    move(held, "leave_open", actor=actor, why=reason.strip(), left_open=outcome_of(held).open_seats)
    if held.item is not None:
        item = hold(held.item)
        item.outcome = AgendaOutcome.PASSED if elected_in(election=held) else AgendaOutcome.LOST
        item.decided_on = timezone.localdate()
        item.save(update_fields=["outcome", "decided_on"])
    return held


def has_open_seats(election: Election) -> bool:
    """Whether this is the last round, confirmed, with seats neither filled nor left vacant by decision."""
    if election.state != BallotState.CONFIRMED or election.left_open is not None:
        return False
    root = election.first_round or election
    later = root.later_rounds.filter(opened_at__gt=election.opened_at).exclude(state=BallotState.VOIDED)
    return root.approved_on is None and bool(outcome_of(election).open_seats) and not later.exists()
