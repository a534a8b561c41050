"""The matrix over HTTP: every action's real address, posted by every role, where the table allows it and where not."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from congress.delegates.models import Delegate
from congress.handling.models import Reply
from congress.proposals.enums import PROPOSAL_MACHINE, Outcome, ProposalState
from congress.proposals.models import Proposal
from tests.congress.handling.scenes import Scene, Scenes, World
from tests.factories import proposals
from tests.factories.proposals import values

S = ProposalState
ACTIONS = list(dict.fromkeys(move.action for move in PROPOSAL_MACHINE.moves))
# Where a rating entered or corrected from paper leads; tested with the ratings.
ON_PAPER = {"reopen", "end_again", "await_rating"}
# Taken by the daily run, or as a list is taken back, and by no page.
WITHOUT_A_PAGE = {"close_unrated", "annul", *ON_PAPER}


@pytest.fixture(scope="module")
def scenes(world: World) -> Scenes:
    return Scenes(world, ((state, action) for action, place in CASES for state in _states(action, place)))


@dataclass(frozen=True)
class Page:
    """An address, who may use it, what is sent, and the state it is legal in where the action has several."""

    name: str
    roles: frozenset[str]
    typed: Callable[[Scene], dict[str, Any]] = lambda _at: {}
    legal: ProposalState | None = None


def page(name: str, *roles: str, legal: ProposalState | None = None, **typed: Any) -> Page:
    return Page(name, frozenset(roles), lambda _at: typed, legal)


def desk(step: str, *roles: str, legal: ProposalState | None = None, **typed: Any) -> Page:
    return page(f"admin:congress_proposal_{step}", *roles, legal=legal, **typed)


def _merge(at: Scene) -> dict[str, Any]:
    into = proposals.proposal(
        state=S.SUBMITTED, drive=at.proposal.drive, congress=at.proposal.congress, proposer=at.delegate
    )
    return {"decision": "merge", "into": into.pk}


def _asked(at: Scene) -> dict[str, Any]:
    return {"seconders": [Delegate.objects.get(person__user=at.people["other delegate"]).pk]}


def _version(at: Scene) -> dict[str, Any]:
    return {"version": at.proposal.version, "why": "已经解决。"}


def _rating(grade: str) -> Callable[[Scene], dict[str, Any]]:
    def typed(at: Scene) -> dict[str, Any]:
        reply = Reply.objects.filter(proposal=at.proposal).last()
        return {"grade": grade, "words": "没有解决。", "version": reply.version if reply else 0}

    return typed


def _wrongly_sent(outcome: Outcome) -> Callable[[Scene], dict[str, Any]]:
    def typed(at: Scene) -> dict[str, Any]:
        Proposal.objects.filter(pk=at.proposal.pk, state=S.ADVISING).update(outcome=outcome)
        return {"reason": "误转。"}

    return typed


def _take_back(outcome: Outcome) -> tuple[Page, ...]:
    """The office's page and the department's own."""
    typed = _wrongly_sent(outcome)
    return (
        Page("admin:congress_proposal_take_back", frozenset({"office"}), typed),
        Page("congress:department_give_back", frozenset({"lead contact"}), typed),
    )


AUTHOR = frozenset({"author"})
REASON = "经委员会讨论。"
SUBMIT = Page("congress:proposal_submit", AUTHOR, _version)
ANSWER = page("congress:department_reply", "lead contact", kind="done", text="已办理。", version=0, hand_in="1")
RETURN = page("congress:department_return", "lead's leader", reason="请补充时间。")


def _review(decision: str) -> tuple[Page, ...]:
    """The committee's own page, the office's, and the office's for the presidium."""
    typed = _merge if decision == "merge" else lambda _at: {"decision": decision, "reason": REASON}
    pages = (
        Page("congress:committee_proposal", frozenset({"committee"}), typed, S.SUBMITTED),
        Page("admin:congress_proposal_review_proposal", frozenset({"office"}), typed, S.SUBMITTED),
    )
    if decision in {"return", "refer"}:
        return pages
    return (*pages, Page("admin:congress_proposal_presidium_decision", frozenset({"office"}), typed, S.REFERRED))


PAGES: dict[str, tuple[Page, ...]] = {
    "invite": (Page("congress:proposal_invite", AUTHOR, _asked),),
    "edit_again": (Page("congress:proposal_edit", AUTHOR, lambda at: values(at.proposal, grounds="改过的理由。")),),
    "submit": (SUBMIT,),
    "submit_to_delegation": (SUBMIT,),
    "submit_late": (SUBMIT,),
    "submit_again": (SUBMIT,),
    "withdraw": (Page("congress:proposal_withdraw", AUTHOR, _version),),
    "pass_check": (page("congress:proposal_check", "delegation head", answer="pass"),),
    "return_to_author": (page("congress:proposal_check", "delegation head", answer="return", why="请写明地点。"),),
    "return": _review("return"),
    "refer": _review("refer"),
    "file": _review("file"),
    "file_directly": _review("file"),
    "pass_on": _review("pass_on"),
    "decline": _review("decline"),
    "merge": _review("merge"),
    "approve": (desk("approve_filing", "chair"),),
    "send_back": (desk("send_back", "chair", reason="请再议。"),),
    "assign": (
        Page("admin:congress_proposal_assign_proposal", frozenset({"office"}), lambda at: {"lead": at.lead.pk}),
    ),
    "reply": (ANSWER,),
    "reply_directly": (ANSWER,),
    "sign": (page("congress:department_sign", "lead's leader"),),
    "return_reply": (RETURN,),
    "return_second_reply": (RETURN,),
    "rate": (Page("congress:proposal_rate", AUTHOR, _rating("satisfied")),),
    "advise": (desk("advise_author", "office", kind="done", text="已转有关部门参考。"),),
    "set_aside": (desk("set_aside", "office", reason="校内已另行办理。"),),
    "take_back": _take_back(Outcome.PASSED_ON),
    "take_back_late": _take_back(Outcome.LATE),
    "handle_again": (Page("congress:proposal_rate", AUTHOR, _rating("dissatisfied")),),
}
CASES = [(action, place) for action, places in PAGES.items() for place in places]


def test_every_action_of_the_table_has_a_page() -> None:
    assert set(PAGES) | WITHOUT_A_PAGE == set(ACTIONS)


def _states(action: str, place: Page) -> tuple[ProposalState, ProposalState]:
    """Return a state in which the table allows the action, and one, as near as may be, in which it does not."""
    sources = [ProposalState(move.source) for move in PROPOSAL_MACHINE.moves if move.action == action]
    legal = place.legal or sources[0]
    near = {S.DRAFT: S.SUBMITTED, S.ASSIGNED: S.ANSWERED, S.SUBMITTED: S.FILED}
    illegal = near.get(legal, S.ASSIGNED)
    return legal, illegal if illegal not in sources else S.CLOSED


def _stands(proposal: Proposal) -> tuple[str, int]:
    proposal.refresh_from_db()
    return proposal.state, proposal.moves.count()


def _is_turned_away(answer: Any) -> bool:
    """Tell whether nobody may do this here: not found, not allowed, led to the sign-in of the desk.

    A supporting department, which opens the page, is told with 409 that the reply is the lead's, its words kept.
    """
    return answer.status_code in {403, 404, 409} or (
        answer.status_code == 302 and "login" in answer.headers["Location"]
    )


@pytest.mark.parametrize(("action", "place"), CASES, ids=[f"{action}-{place.name}" for action, place in CASES])
def test_each_role_gets_through_exactly_where_it_may(
    scenes: Scenes, clients: dict[str, Client], action: str, place: Page
) -> None:
    legal, illegal = _states(action, place)
    for state in (legal, illegal):
        at = scenes.at(state, action)
        address = reverse(place.name, args=[at.proposal.pk])
        typed = place.typed(at)
        before = _stands(at.proposal)
        for role in sorted(set(at.people) - place.roles):
            answer = clients[role].post(address, typed)
            assert _is_turned_away(answer), (state, role, answer.status_code)
        assert _stands(at.proposal) == before, (state, "moved by somebody else")
        for role in place.roles:
            with transaction.atomic():
                answer = clients[role].post(address, typed)
                after = _stands(at.proposal)
                transaction.set_rollback(True)
            if state == legal:
                target = PROPOSAL_MACHINE.target(state=state, action=action)
                assert answer.status_code == 302, (state, role, answer.status_code)
                assert after == (target, before[1] + 1), (state, role)
            else:
                # A page of one's own answers a second click with the way back, and moves nothing.
                assert answer.status_code in {302, 403, 404, 409, 422}, (state, role)
                assert after == before, (state, role)


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_factor")]
