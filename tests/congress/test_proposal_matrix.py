"""The full matrix, made from the table of moves: every state × action in the service, every state × action × role."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from congress.enums import (
    FILED_STATES,
    PROPOSAL_MACHINE,
    Decision,
    Grade,
    ProposalState,
    ReplyKind,
    ReplyState,
)
from congress.models import (
    Proposal,
    Reply,
)
from congress.rules import PROPOSAL_STEPS, step_permission
from congress.services import assigning, ratings, replies, reviewing
from tests.congress.scenes import Scene, World, new_world
from tests.factories import congress as make
from union_portal.base.errors import DomainError

pytestmark = pytest.mark.django_db
STATES = list(ProposalState)
# The author's own moves are tested with the author's services.
OURS = (
    "return",
    "refer",
    "file",
    "file_directly",
    "pass_on",
    "decline",
    "merge",
    "approve",
    "send_back",
    "assign",
    "reply",
    "reply_directly",
    "sign",
    "return_reply",
    "return_second_reply",
    "rate",
    "handle_again",
    "close_unrated",
)


@pytest.fixture
def world() -> World:
    return new_world()


def _review(decision: Decision) -> Callable[[Scene], object]:
    def step(at: Scene) -> object:
        into = None
        if decision is Decision.MERGE:
            into = make.proposal(
                state=ProposalState.SUBMITTED,
                drive=at.proposal.drive,
                congress=at.proposal.congress,
                proposer=at.delegate,
            )
        return reviewing.review(
            proposal=at.proposal,
            decision=decision,
            actor=at.people["office"],
            reason="经委员会讨论。",
            into=into,
            by_presidium=at.proposal.state == ProposalState.REFERRED,
        )

    return step


def _hand_in(at: Scene) -> object:
    return replies.hand_in(
        proposal=at.proposal,
        department=at.lead,
        draft=replies.Draft(kind=ReplyKind.DONE, text="已办理。"),
        actor=at.people["lead contact"],
    )


def _rate(grade: Grade) -> Callable[[Scene], object]:
    def step(at: Scene) -> object:
        reply = at.proposal.replies.last() or Reply(proposal=at.proposal, pk=0)
        if not reply.pk:
            reply = Reply.objects.create(
                proposal=at.proposal, department=at.lead, kind=ReplyKind.DONE, text="尚未送出。", state=ReplyState.DRAFT
            )
        return ratings.rate(
            reply=reply, grade=grade, words="没有解决。", person=at.delegate.person, actor=at.people["author"]
        )

    return step


def _return_reply(at: Scene) -> object:
    return replies.return_reply(proposal=at.proposal, actor=at.people["lead's leader"], reason="请补充时间。")


def _close() -> object:
    if not ratings.close_unrated(on=timezone.localdate()):
        raise DomainError("nothing to close")
    return None


STEPS: dict[str, Callable[[Scene], object]] = {
    "return": _review(Decision.RETURN),
    "refer": _review(Decision.REFER),
    "file": _review(Decision.FILE),
    "file_directly": _review(Decision.FILE),
    "pass_on": _review(Decision.PASS_ON),
    "decline": _review(Decision.DECLINE),
    "merge": _review(Decision.MERGE),
    "approve": lambda at: reviewing.approve(proposal=at.proposal, actor=at.people["chair"]),
    "send_back": lambda at: reviewing.send_back(proposal=at.proposal, actor=at.people["chair"], reason="请再议。"),
    "assign": lambda at: assigning.assign(proposal=at.proposal, lead=at.lead, actor=at.people["office"]),
    "reply": _hand_in,
    "reply_directly": _hand_in,
    "sign": lambda at: replies.sign(proposal=at.proposal, actor=at.people["lead's leader"]),
    "return_reply": _return_reply,
    "return_second_reply": _return_reply,
    "rate": _rate(Grade.SATISFIED),
    "handle_again": _rate(Grade.DISSATISFIED),
    "close_unrated": lambda _at: _close(),
}


def test_every_action_of_the_table_has_a_permission_and_a_step() -> None:
    actions = {move.action for move in PROPOSAL_MACHINE.moves}
    assert set(PROPOSAL_STEPS) == actions
    assert set(STEPS) == set(OURS)


@pytest.mark.parametrize("action", OURS)
def test_the_service_takes_a_step_only_where_the_table_allows_it(world: World, action: str) -> None:
    for state in STATES:
        at = world.scene(state, action=action)
        if action == "handle_again" and state is ProposalState.ANSWERED:
            assert at.proposal.round == 1
        allowed = PROPOSAL_MACHINE.allows(state=state, action=action)
        before = (at.proposal.state, at.proposal.moves.count(), at.proposal.reviews.count())
        if allowed:
            STEPS[action](at)
            at.proposal.refresh_from_db()
            assert at.proposal.state == PROPOSAL_MACHINE.target(state=state, action=action), (state, action)
            assert at.proposal.moves.get().action == action, (state, action)
            continue
        if action == "assign" and state is ProposalState.ASSIGNED:
            # The same order again, a double click, is no second assignment; another one is refused.
            assigning.assign(proposal=at.proposal, lead=at.lead, supporting=[at.support], actor=at.people["office"])
        with pytest.raises(DomainError):
            STEPS[action](at)
        at.proposal.refresh_from_db()
        after = (at.proposal.state, at.proposal.moves.count(), at.proposal.reviews.count())
        assert after == before, (state, action)


# Who may take which step at all, whatever the state; the table of moves says the rest.
MAY = {
    "congress.change_own_proposal": {"author"},
    "congress.rate_proposal": {"author"},
    "congress.precheck_proposal": set[str](),
    "congress.review_proposal": {"committee", "office"},
    "congress.decide_for_presidium": {"office"},
    "congress.approve_filing": {"chair"},
    "congress.assign_proposal": {"office"},
    "congress.answer_proposal": {"lead contact"},
    "congress.sign_reply": {"lead's leader"},
    "congress.close_unrated": {"office"},
}


@pytest.mark.parametrize("state", STATES)
def test_each_role_may_take_exactly_its_own_steps_in_every_state(world: World, state: ProposalState) -> None:
    at = world.scene(state)
    assigned = state in FILED_STATES and state is not ProposalState.FILED
    for move in PROPOSAL_MACHINE.actions(state=state):
        permission = step_permission(state=state, action=move.action)
        expected = MAY[permission]
        if permission == "congress.answer_proposal" and not assigned:
            expected = set()
        actual = {role for role, user in at.people.items() if user.has_perm(permission, at.proposal)}
        assert actual == expected, (state, move.action)


@pytest.mark.parametrize("permission", sorted(set(PROPOSAL_STEPS.values()) | {"congress.decide_for_presidium"}))
def test_nobody_else_gets_a_permission_in_any_state(world: World, permission: str) -> None:
    for state in STATES:
        at = world.scene(state)
        actual = {role for role, user in at.people.items() if user.has_perm(permission, at.proposal)}
        assert actual <= MAY[permission], (state, permission)


# What each may see of a proposal in a state: only those who have something to do with it.
def test_a_proposal_is_seen_only_by_those_it_concerns(world: World) -> None:
    for state in STATES:
        at = world.scene(state)
        seen = {
            role
            for role, user in at.people.items()
            if Proposal.objects.visible_to(user).filter(pk=at.proposal.pk).exists()
        }
        expected = {"author"}
        if state not in {ProposalState.DRAFT, ProposalState.SECONDING, ProposalState.PRECHECK, ProposalState.LATE}:
            expected |= {"committee", "office", "chair", "audit"}
        if state in FILED_STATES and state is not ProposalState.FILED:
            expected |= {"lead contact", "lead's leader", "supporting contact", "supporting leader"}
        assert seen == expected, state
