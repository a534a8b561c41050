"""Seconding has a table of its own, which also depends on where the proposal stands."""

import pytest
from django.utils import timezone

from congress.delegates.models import Delegate
from congress.proposals.enums import SECONDING_MACHINE, ProposalState, SecondingState
from congress.proposals.models import Seconding
from congress.proposals.services import seconding
from tests.congress.handling.scenes import Scenes, World
from tests.factories.states import put
from union_portal.base.errors import DomainError

pytestmark = pytest.mark.django_db
STATES = list(ProposalState)


OPEN_TO_SECONDERS = {ProposalState.SECONDING, ProposalState.RETURNED}


@pytest.fixture(scope="module")
def scenes(world: World) -> Scenes:
    return Scenes(world, ((state, "") for state in STATES))


@pytest.mark.parametrize("accept", [True, False])
@pytest.mark.parametrize("asked_state", list(SecondingState))
def test_a_seconder_answers_only_where_both_tables_allow_it(
    world: World, scenes: Scenes, asked_state: SecondingState, accept: bool
) -> None:
    user = world.people["other delegate"]
    delegate = Delegate.objects.get(person__user=user)
    for state in STATES:
        at = scenes.at(state)
        one = Seconding.objects.create(proposal=at.proposal, delegate=delegate, answered_at=timezone.now())
        put(Seconding.objects.filter(pk=one.pk), asked_state)
        action = "accept" if accept else "decline"
        allowed = SECONDING_MACHINE.allows(state=asked_state, action=action) and state in OPEN_TO_SECONDERS
        if allowed:
            seconding.answer(seconding=one, accept=accept, version=at.proposal.version, actor=user)
        else:
            with pytest.raises(DomainError):
                seconding.answer(seconding=one, accept=accept, version=at.proposal.version, actor=user)
        one.refresh_from_db()
        expected = SECONDING_MACHINE.target(state=asked_state, action=action) if allowed else asked_state
        assert one.state == expected, (state, asked_state, action)
        may = {role for role, whose in at.people.items() if whose.has_perm("congress.answer_seconding", one)}
        assert may == {"other delegate"}
