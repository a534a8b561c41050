"""The full matrix, made from the table of moves: every state × action in the service, every state × action × role.

What the same table means over HTTP is in test_proposal_matrix_http, and for raw SQL in test_guards.
"""

import itertools
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from congress.delegates.models import Delegate
from congress.handling.enums import Grade, ReplyKind, ReplyState
from congress.handling.models import Reply
from congress.handling.services import assigning, replies
from congress.proposals.enums import PROPOSAL_MACHINE, Outcome, ProposalState
from congress.proposals.models import Proposal
from congress.proposals.services import drafting, seconding, submitting
from congress.ratings import services as ratings
from congress.review import services as review
from congress.review.enums import Decision
from tests.congress.handling.scenes import HANDLED, Scene, Scenes, World
from tests.factories import proposals
from tests.factories.states import PUT
from union_portal.base.errors import DomainError
from union_portal.base.rules import may, permission_of
from union_portal.base.steps import take

STATES = list(ProposalState)
# Steps that may be taken in a state without moving it: more seconders, a better text before it is submitted.
STAYS = {
    ("invite", ProposalState.SECONDING),
    ("invite", ProposalState.RETURNED),
    ("edit_again", ProposalState.DRAFT),
    ("edit_again", ProposalState.RETURNED),
}
ACTIONS = list(dict.fromkeys(move.action for move in PROPOSAL_MACHINE.moves))


def _review(decision: Decision) -> Callable[[Scene], object]:
    def step(at: Scene) -> object:
        into = None
        if decision is Decision.MERGE:
            into = proposals.proposal(
                state=ProposalState.SUBMITTED,
                drive=at.proposal.drive,
                congress=at.proposal.congress,
                proposer=at.delegate,
            )
        return review.review(
            proposal=at.proposal,
            decision=decision,
            actor=at.people["office"],
            reason="经委员会讨论。",
            into=into,
            by_presidium=at.proposal.state == ProposalState.REFERRED,
        )

    return step


def _invite(at: Scene) -> object:
    asked = Delegate.objects.get(person__user=at.people["other delegate"])
    return seconding.invite(proposal=at.proposal, delegates=[asked], actor=at.people["author"])


def _edit(at: Scene) -> object:
    one = at.proposal
    return drafting.edit(
        proposal=one,
        title=one.title,
        grounds="改过的理由。",
        measures=one.measures,
        category=one.category,
        version=one.version,
        actor=at.people["author"],
    )


def _submit(at: Scene) -> object:
    return submitting.submit(proposal=at.proposal, version=at.proposal.version, actor=at.people["author"])


def _pass_check(at: Scene) -> object:
    return submitting.pass_check(proposal=at.proposal, actor=at.people["delegation head"])


def _submit_late(at: Scene) -> object:
    return _pass_check(at) if at.proposal.state == ProposalState.PRECHECK else _submit(at)


def _return_to_author(at: Scene) -> object:
    return submitting.return_to_author(proposal=at.proposal, actor=at.people["delegation head"], why="请写明地点。")


def _withdraw(at: Scene) -> object:
    one = at.proposal
    return submitting.withdraw(proposal=one, version=one.version, actor=at.people["author"], why="已经解决。")


def _submit_again(at: Scene) -> object:
    return submitting.submit_again(proposal=at.proposal, version=at.proposal.version, actor=at.people["author"])


DRAFT = replies.Draft(kind=ReplyKind.DONE, text="已办理。")


def _take_back(at: Scene, outcome: Outcome) -> object:
    if at.proposal.state == ProposalState.ADVISING:
        Proposal.objects.filter(pk=at.proposal.pk).update(outcome=outcome)
    return assigning.take_back(proposal=at.proposal, why="误转。", actor=at.people["office"])


def _hand_in(at: Scene) -> object:
    return replies.hand_in(
        proposal=at.proposal,
        department=at.lead,
        draft=DRAFT,
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


def _close(at: Scene) -> object:
    moves = at.proposal.moves.count()
    ratings.close_unrated(on=timezone.localdate())
    if at.proposal.moves.count() == moves:
        raise DomainError("nothing to close")
    return None


def _only(action: str, **facts: Any) -> Callable[[Scene], object]:
    """Take the step as the table has it; what leads to it is tested in its room."""
    return lambda at: take(subject=at.proposal, action=action, actor=at.people["office"], **facts)


STEPS: dict[str, Callable[[Scene], object]] = {
    "invite": _invite,
    "edit_again": _edit,
    "submit": _submit,
    "submit_to_delegation": _submit,
    "submit_late": _submit_late,
    "pass_check": _pass_check,
    "return_to_author": _return_to_author,
    "withdraw": _withdraw,
    "submit_again": _submit_again,
    "return": _review(Decision.RETURN),
    "refer": _review(Decision.REFER),
    "file": _review(Decision.FILE),
    "file_directly": _review(Decision.FILE),
    "pass_on": _review(Decision.PASS_ON),
    "decline": _review(Decision.DECLINE),
    "merge": _review(Decision.MERGE),
    "approve": lambda at: review.approve(proposal=at.proposal, actor=at.people["chair"]),
    "send_back": lambda at: review.send_back(proposal=at.proposal, actor=at.people["chair"], reason="请再议。"),
    "assign": lambda at: assigning.assign(proposal=at.proposal, lead=at.lead, actor=at.people["office"]),
    "reply": _hand_in,
    "reply_directly": _hand_in,
    "sign": lambda at: replies.sign(proposal=at.proposal, actor=at.people["lead's leader"]),
    "return_reply": _return_reply,
    "return_second_reply": _return_reply,
    "rate": _rate(Grade.SATISFIED),
    "handle_again": _rate(Grade.DISSATISFIED),
    "close_unrated": _close,
    "reopen": _only("reopen", rate_by=None, due_on=timezone.localdate()),
    "end_again": _only("end_again"),
    "await_rating": _only("await_rating"),
    "annul": _only("annul", submitted_at=None, outcome="", merged_into=None),
    "take_back": lambda at: _take_back(at, Outcome.PASSED_ON),
    "take_back_late": lambda at: _take_back(at, Outcome.LATE),
    "advise": lambda at: replies.advise(proposal=at.proposal, draft=DRAFT, actor=at.people["office"]),
    "set_aside": _only("set_aside", why="校内已另行办理。"),
}


def test_every_action_of_the_table_has_a_permission_and_a_step() -> None:
    assert set(STEPS) == set(ACTIONS)
    assert all(move.permission for move in PROPOSAL_MACHINE.moves)


@pytest.fixture(scope="module")
def scenes(world: World) -> Scenes:
    return Scenes(world, itertools.product(STATES, ACTIONS))


@pytest.mark.parametrize("action", ACTIONS)
def test_the_service_takes_a_step_only_where_the_table_allows_it(scenes: Scenes, action: str) -> None:
    for state in STATES:
        with transaction.atomic():
            _judge(scenes.at(state, action), action, state)
            transaction.set_rollback(True)


def _judge(at: Scene, action: str, state: ProposalState) -> None:
    if action == "handle_again" and state is ProposalState.ANSWERED:
        assert at.proposal.round == 1
    before = (at.proposal.state, at.proposal.moves.count(), at.proposal.reviews.count())
    if PROPOSAL_MACHINE.allows(state=state, action=action):
        STEPS[action](at)
        at.proposal.refresh_from_db()
        assert at.proposal.state == PROPOSAL_MACHINE.target(state=state, action=action), (state, action)
        assert at.proposal.moves.exclude(action=PUT).get().action == action, (state, action)
        return
    if action == "assign" and state in {ProposalState.ASSIGNED, ProposalState.ADVISING}:
        # The same order again, a double click, is no second assignment; another one is refused.
        assigning.assign(proposal=at.proposal, lead=at.lead, supporting=[at.support], actor=at.people["office"])
    if (action, state) == ("reply", ProposalState.ADVISING):
        return  # advice needs no signature: the same step sends it at once
    if (action, state) in STAYS:
        STEPS[action](at)
    else:
        with pytest.raises(DomainError):
            STEPS[action](at)
    at.proposal.refresh_from_db()
    after = (at.proposal.state, at.proposal.moves.count(), at.proposal.reviews.count())
    assert after == before, (state, action)


# Who may take which step at all, whatever the state; the table of moves says the rest.
MAY = {
    "congress.change_own_proposal": {"author"},
    "congress.rate_proposal": {"author"},
    "congress.precheck_proposal": {"delegation head"},
    "congress.review_proposal": {"committee", "office"},
    "congress.decide_for_presidium": {"office"},
    "congress.approve_filing": {"chair"},
    "congress.assign_proposal": {"office"},
    "congress.answer_proposal": {"lead contact"},
    "congress.sign_reply": {"lead's leader"},
    "congress.close_unrated": {"office"},
    "congress.enter_paper_rating": {"office"},
    "congress.import_congress": {"office"},
    "congress.take_back_proposal": {"office", "lead contact"},
}


@pytest.mark.parametrize("state", STATES)
def test_each_role_may_take_exactly_its_own_steps_in_every_state(scenes: Scenes, state: ProposalState) -> None:
    at = scenes.at(state)
    offered = {permission_of(Proposal, move): move.action for move in PROPOSAL_MACHINE.actions(state=state)}
    for permission, roles in MAY.items():
        if permission in offered:
            taken = {role for role, user in at.people.items() if may(user, offered[permission], at.proposal)}
            assert taken == roles, (state, permission)
        else:  # Nor does anybody get what this state does not offer.
            holders = {role for role, user in at.people.items() if user.has_perm(permission, at.proposal)}
            assert holders <= roles, (state, permission)


# What each may see of a proposal in a state: only those who have something to do with it.
def test_a_proposal_is_seen_only_by_those_it_concerns(scenes: Scenes) -> None:
    stand = {state: scenes.at(state) for state in STATES}
    shown = {at.proposal.pk: state for state, at in stand.items()}
    seen: dict[ProposalState, set[str]] = {state: set() for state in STATES}
    for role, user in stand[ProposalState.DRAFT].people.items():
        for pk in Proposal.objects.visible_to(user).filter(pk__in=shown).values_list("pk", flat=True):
            seen[shown[pk]].add(role)
    for state in STATES:
        expected = {"author"}
        if state is ProposalState.PRECHECK:
            expected |= {"delegation head"}
        if state not in {ProposalState.DRAFT, ProposalState.SECONDING, ProposalState.PRECHECK}:
            expected |= {"committee", "office", "chair", "audit"}
        if state in HANDLED:
            expected |= {"lead contact", "lead's leader", "supporting contact", "supporting leader"}
        assert seen[state] == expected, state


pytestmark = pytest.mark.django_db
