"""附议: who may be asked, what a signature is worth, and when it lapses."""

from typing import Any

import pytest

from congress.delegates.enums import Seat
from congress.proposals.enums import ProposalState, SecondingState
from congress.proposals.models import Proposal, Seconding
from congress.proposals.services import drafting, seconding
from tests.factories import bodies, delegates, drives, proposals
from tests.factories.proposals import drafted, seconded, submit
from tests.letters import posted
from union_portal.base.errors import Conflict, DomainError, Refused


def states(proposal: Proposal) -> list[str]:
    return list(proposal.secondings.order_by("pk").values_list("state", flat=True))


def edit(proposal: Proposal, **fields: Any) -> int:
    values = {name: getattr(proposal, name) for name in ("title", "grounds", "measures", "category")}
    return drafting.edit(proposal=proposal, version=None, actor=None, **{**values, **fields})


def test_only_other_delegates_of_the_same_body_are_asked() -> None:
    proposal = drafted()
    assert proposal.proposer is not None
    for delegate in (
        delegates.delegate(of=bodies.congress()),
        delegates.delegate(of=proposal.congress, seat=Seat.OBSERVER),
        proposal.proposer,
    ):
        with pytest.raises(Refused):
            seconding.invite(proposal=proposal, delegates=[delegate], actor=None)
        assert delegate not in seconding.candidates(proposal)
    with pytest.raises(DomainError):
        seconding.invite(proposal=proposal, delegates=[], actor=None)
    assert states(proposal) == []


def test_nobody_is_asked_about_a_text_that_is_not_written() -> None:
    proposal = drafted(grounds="")
    with pytest.raises(DomainError):
        seconding.invite(proposal=proposal, delegates=[delegates.delegate(of=proposal.congress)], actor=None)


def test_a_delegate_is_asked_once_and_answers_once(django_capture_on_commit_callbacks: Any) -> None:
    proposal = drafted()
    delegate = delegates.delegate(of=proposal.congress)
    type(delegate.person).objects.filter(pk=delegate.person_id).update(email="someone@example.org")
    delegate.person.refresh_from_db()
    (asked,) = seconding.invite(proposal=proposal, delegates=[delegate, delegate], actor=None)
    assert [message.to for message in posted()] == [["someone@example.org"]]
    assert seconding.invite(proposal=proposal, delegates=[delegate], actor=None) == []
    seconding.answer(seconding=asked, accept=False, version=None, actor=None, reason="情况已变")
    with pytest.raises(Refused):
        seconding.answer(seconding=asked, accept=True, version=None, actor=None)
    assert states(proposal) == [SecondingState.DECLINED]


def test_a_signature_belongs_to_the_text_that_was_read() -> None:
    proposal = drafted()
    (asked,) = seconding.invite(proposal=proposal, delegates=[delegates.delegate(of=proposal.congress)], actor=None)
    read = proposal.version
    edit(proposal, grounds="另一个理由。")
    with pytest.raises(Conflict):
        seconding.answer(seconding=asked, accept=True, version=read, actor=None)
    assert states(proposal) == [SecondingState.INVITED]


def test_a_changed_text_lets_signatures_lapse_and_asks_again_but_a_category_does_not() -> None:
    proposal = drafted()
    seconded(proposal)
    assert edit(proposal, category=drives.category()) == 0
    assert states(proposal) == [SecondingState.ACCEPTED] * 2
    assert edit(proposal, measures="改为分批更换。") == 2
    assert states(proposal) == [SecondingState.LAPSED] * 2 + [SecondingState.INVITED] * 2
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.SECONDING
    assert proposal.measures == "改为分批更换。"
    with pytest.raises(DomainError):
        submit(proposal)


def test_nobody_seconds_after_the_submission() -> None:
    proposal = drafted()
    (late,) = seconding.invite(proposal=proposal, delegates=[delegates.delegate(of=proposal.congress)], actor=None)
    seconded(proposal)
    submit(proposal)
    late.refresh_from_db()
    assert late.state == SecondingState.LAPSED
    with pytest.raises(Refused):
        seconding.answer(seconding=late, accept=True, version=None, actor=None)


def test_the_end_of_a_mandate_lapses_what_is_not_submitted_and_leaves_the_rest() -> None:
    open_one, other = drafted(), drafted()
    gone = seconded(open_one)[0]
    Proposal.objects.filter(pk=other.pk).update(congress=gone.congress)
    done = Seconding.objects.create(
        proposal=proposals.proposal(state=ProposalState.FILED, congress=gone.congress, drive=open_one.drive),
        delegate=gone,
        state=SecondingState.ACCEPTED,
    )
    assert seconding.lapse_of(delegate=gone, actor=None, why="调离") == 1
    assert sorted(states(open_one)) == [SecondingState.ACCEPTED, SecondingState.LAPSED]
    done.refresh_from_db()
    assert done.state == SecondingState.ACCEPTED
    assert seconding.lapse_of(delegate=gone, actor=None, why="调离") == 0


def test_an_unanswered_invitation_is_taken_back_a_signature_is_not() -> None:
    proposal = drafted()
    one, two = (
        seconding.invite(proposal=proposal, delegates=[delegates.delegate(of=proposal.congress)], actor=None)[0]
        for _ in range(2)
    )
    seconding.take_back(seconding=one, actor=None)
    seconding.answer(seconding=two, accept=True, version=None, actor=None)
    with pytest.raises(Refused):
        seconding.take_back(seconding=two, actor=None)
    assert states(proposal) == [SecondingState.LAPSED, SecondingState.ACCEPTED]


pytestmark = pytest.mark.django_db
