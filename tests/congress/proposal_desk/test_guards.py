"""What the database itself refuses, whoever asks: wrong moves, changed texts, rewritten counts, a second vote."""

import re
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.models import Model
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
from union_portal.base.states import machine_of


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
        assert refused(
            "UPDATE congress_proposal SET state = %s, outcome = %s WHERE id = %s",
            target,
            OUTCOME_OF[target],
            proposal.pk,
        ), target


def copy_with_guards(cursor: Any, table: str) -> None:
    """Make an empty table `copied` with the real table's own guards, and none of its other conditions."""
    cursor.execute("CREATE TEMP TABLE copied (id bigint, state text) ON COMMIT DROP")
    cursor.execute(
        "SELECT pg_get_triggerdef(t.oid) FROM pg_trigger t WHERE t.tgrelid = %s::regclass AND t.tgname LIKE 'guard_%%'",
        [table],
    )
    found = [row[0] for row in cursor.fetchall()]
    assert len(found) == 2, (table, "moves and births are guarded")
    for definition in found:
        cursor.execute(re.sub(rf" ON \S*{table} ", " ON copied ", definition))


@pytest.mark.parametrize(
    "model", [one for one in apps.get_models() if machine_of(one)], ids=lambda model: model.__name__
)
def test_raw_sql_moves_every_kind_of_row_only_as_its_table_allows(model: type[Model]) -> None:
    machine = machine_of(model)
    assert machine is not None
    field: Any = model._meta.get_field("state")
    states = {str(value) for value, _label in field.choices}
    assert states >= {state for pair in machine.pairs() for state in pair} - {""}
    allowed = machine.pairs()
    with connection.cursor() as cursor:
        copy_with_guards(cursor, model._meta.db_table)
        for state in states:
            born = not refused("INSERT INTO copied VALUES (0, %s)", state)
            assert born is (("", state) in allowed), state
        cursor.execute("TRUNCATE copied")
        for source in states:
            for target in states - {source}:
                # A row that stands in the source, put there past the guards.
                cursor.execute("ALTER TABLE copied DISABLE TRIGGER USER")
                cursor.execute("DELETE FROM copied")
                cursor.execute("INSERT INTO copied VALUES (1, %s)", [source])
                cursor.execute("ALTER TABLE copied ENABLE TRIGGER USER")
                moved = not refused("UPDATE copied SET state = %s WHERE id = 1", target)
                assert moved is ((source, target) in allowed), (source, target)


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
