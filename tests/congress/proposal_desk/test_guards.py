"""What the database itself refuses, whoever asks: wrong moves, changed texts, rewritten counts, a second vote."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from congress.delegates.enums import Seat
from congress.proposals.enums import OUTCOME_OF, PROPOSAL_MACHINE, ProposalState
from congress.proposals.models import Proposal
from congress.review.models import Review
from congress.sessions.enums import AgendaKind
from congress.sessions.models import AgendaItem
from congress.voting.enums import BallotResult, BallotState
from congress.voting.models import Ballot
from tests.factories import bodies, delegates, proposals, sessions
from tests.factories.states import note


def refused(sql: str, *parameters: Any) -> bool:
    """Tell whether PostgreSQL refuses the statement."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, parameters)
    except DatabaseError:
        return True
    return False


@pytest.mark.parametrize("source", list(ProposalState))
def test_raw_sql_moves_a_proposal_only_as_the_table_allows(source: ProposalState) -> None:
    proposal = proposals.proposal(state=source)
    allowed = {move.target for move in PROPOSAL_MACHINE.actions(state=source)}
    for target in ProposalState:
        if target in allowed or target == source:
            continue
        note(proposal, target)
        assert refused(
            "UPDATE congress_proposal SET state = %s, outcome = %s WHERE id = %s",
            target,
            OUTCOME_OF[target],
            proposal.pk,
        ), target


def test_state_and_outcome_cannot_disagree() -> None:
    proposal = proposals.proposal(state=ProposalState.FILED)
    assert refused("UPDATE congress_proposal SET outcome = 'declined' WHERE id = %s", proposal.pk)


@pytest.mark.parametrize("column", ["title", "grounds", "measures"])
def test_the_text_is_locked_once_it_is_submitted(column: str) -> None:
    statement = f"UPDATE congress_proposal SET {column} = 'x' WHERE id = %s"  # noqa: S608
    for state in ProposalState:
        open_to_the_author = state in {ProposalState.DRAFT, ProposalState.RETURNED}
        assert refused(statement, proposals.proposal(state=state).pk) is not open_to_the_author, state


def test_numbers_are_given_once_and_submitted_proposals_kept() -> None:
    proposal = proposals.proposal(state=ProposalState.SUBMITTED)
    assert refused("UPDATE congress_proposal SET number = 'x' WHERE id = %s", proposal.pk)
    assert refused("DELETE FROM congress_proposal WHERE id = %s", proposal.pk)


def test_reviews_are_written_once() -> None:
    proposal = proposals.proposal(state=ProposalState.SUBMITTED)
    review = Review.objects.create(proposal=proposal, decision="file", decided_by=bodies.officer())
    assert refused("UPDATE congress_review SET decision = 'decline' WHERE id = %s", review.pk)
    assert refused("DELETE FROM congress_review WHERE id = %s", review.pk)


def ballot() -> Ballot:
    sitting = sessions.session().sittings.get()
    item = AgendaItem.objects.create(sitting=sitting, position=1, kind=AgendaKind.PASS, title="审议一个办法")
    return Ballot.objects.create(item=item, due=10, present=9, needed=6)


def test_a_count_must_add_up_and_its_result_must_follow() -> None:
    one = ballot()
    note(one, BallotState.COUNTED, BallotState.CONFIRMED)
    fill = (
        "UPDATE congress_ballot SET state = 'counted', handed_out = 9, returned = %s, valid = %s, void = %s,"
        " votes_for = %s, votes_against = %s, abstained = %s, entered_by_id = %s WHERE id = %s"
    )
    clerk = bodies.officer().pk
    assert refused(fill, 10, 10, 0, 6, 3, 1, clerk, one.pk)  # more came back than went out
    assert refused(fill, 9, 8, 0, 5, 2, 1, clerk, one.pk)  # valid and void do not add up
    assert refused(fill, 9, 8, 1, 6, 2, 1, clerk, one.pk)  # votes do not add up
    assert not refused(fill, 9, 8, 1, 5, 2, 1, clerk, one.pk)
    confirm = (
        "UPDATE congress_ballot SET state = 'confirmed', result = %s, confirmed_by_id = %s, confirmed_at = now()"
        " WHERE id = %s"
    )
    assert refused(confirm, BallotResult.LOST, clerk, one.pk)  # by the same person
    other = bodies.officer().pk
    assert refused(confirm, BallotResult.CARRIED, other, one.pk)  # five of ten are not six
    assert not refused(confirm, BallotResult.LOST, other, one.pk)
    assert refused("UPDATE congress_ballot SET votes_for = 6, votes_against = 1 WHERE id = %s", one.pk)
    assert refused("DELETE FROM congress_ballot WHERE id = %s", one.pk)
    one.refresh_from_db()
    assert one.state == BallotState.CONFIRMED


def test_an_opened_sitting_keeps_who_was_due() -> None:
    sitting = sessions.session().sittings.get()
    note(sitting, "open")
    assert refused("UPDATE congress_sitting SET state = 'open' WHERE id = %s", sitting.pk)  # without a roll
    sitting.state, sitting.due, sitting.present, sitting.opened_at = "open", 10, 9, timezone.now()
    sitting.save()
    assert refused("UPDATE congress_sitting SET due = 9 WHERE id = %s", sitting.pk)


def test_nobody_holds_two_mandates_in_one_congress_at_a_time() -> None:
    body = bodies.congress()
    one = delegates.delegate(of=body)
    assert refused(
        "INSERT INTO congress_delegate (congress_id, person_id, seat, began_by, ended_by, end_reason, document,"
        " valid_from) VALUES (%s, %s, %s, 'elected', '', '', '', %s)",
        body.pk,
        one.person_id,
        Seat.OBSERVER,
        bodies.BEGAN,
    )
    assert Proposal.objects.count() == 0


pytestmark = pytest.mark.django_db
