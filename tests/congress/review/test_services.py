"""What happens to a proposal when things go as they do: two at once, twice, late, merged away, by the wrong person."""

import datetime as dt
from functools import partial
from typing import Any

import pytest
from django.utils import timezone

from congress.bodies.enums import Body
from congress.departments import services as departments
from congress.handling.enums import Duty, ReplyKind
from congress.handling.models import Assignment
from congress.handling.services import assigning, extensions, replies
from congress.proposals.enums import ProposalState
from congress.proposals.models import Proposal
from congress.review import services as review
from congress.review.enums import Decision
from congress.review.forms import review_form
from tests.congress.handling.scenes import World, new_world
from tests.database import at_once
from tests.factories import bodies, delegates, drives, proposals, sessions
from tests.factories.states import PUT
from union_portal.base.errors import Conflict, Refused

S = ProposalState
DONE = replies.Draft(kind=ReplyKind.DONE, text="已办理。")


@pytest.fixture
def world() -> World:
    return new_world()


def test_the_second_of_two_reviewers_is_told_who_decided_what(world: World) -> None:
    at = world.scene(S.SUBMITTED)
    first = world.people["committee"]
    review.review(proposal=at.proposal, decision=Decision.DECLINE, reason="不属职权范围。", actor=first)
    with pytest.raises(Conflict) as told:
        review.review(proposal=at.proposal, decision=Decision.FILE, actor=world.people["office"])
    assert first.name in str(told.value)
    assert at.proposal.number in str(told.value)
    assert at.proposal.reviews.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_reviewers_at_once_leave_one_decision() -> None:
    world = new_world()
    at = world.scene(S.SUBMITTED)
    decide = partial(review.review, proposal=at.proposal, reason="讨论决定。")
    outcomes = at_once(
        partial(decide, decision=Decision.DECLINE, actor=world.people["committee"]),
        partial(decide, decision=Decision.PASS_ON, actor=world.people["office"]),
    )
    assert sorted(isinstance(outcome, Conflict) for outcome in outcomes) == [False, True]
    assert at.proposal.reviews.count() == 1
    assert at.proposal.moves.exclude(action=PUT).count() == 1


def test_a_bulk_review_tells_each_refusal_and_does_the_rest(world: World) -> None:
    open_, decided = world.scene(S.SUBMITTED).proposal, world.scene(S.DECLINED).proposal
    result = review.review_many(proposals=[open_, decided], decision=Decision.PASS_ON, actor=world.people["committee"])
    assert result.done == [open_]
    assert [proposal for proposal, _words in result.refused] == [decided]
    assert list(Proposal.objects.advice()) == [open_]


def test_merging_keeps_texts_and_authors_and_takes_along_what_was_merged_before(world: World) -> None:
    at = world.scene(S.SUBMITTED)
    drive, office = at.proposal.drive, world.people["office"]
    second, third = (world.plain(drive, S.SUBMITTED) for _ in range(2))
    review.review(proposal=third, decision=Decision.MERGE, into=second, actor=office)
    review.review(proposal=second, decision=Decision.MERGE, into=at.proposal, actor=office)
    assert set(at.proposal.merged.values_list("pk", flat=True)) == {second.pk, third.pk}
    second.refresh_from_db()
    assert second.grounds
    assert second.proposer == world.delegate
    with pytest.raises(Refused) as told:
        review.review(proposal=world.plain(drive, S.SUBMITTED), decision=Decision.MERGE, into=third, actor=office)
    assert at.proposal.number in str(told.value)
    with pytest.raises(Refused):
        review.review(proposal=at.proposal, decision=Decision.MERGE, into=at.proposal, actor=office)
    elsewhere = world.scene(S.SUBMITTED).proposal
    with pytest.raises(Refused):
        review.review(proposal=elsewhere, decision=Decision.MERGE, into=at.proposal, actor=office)


def test_nobody_decides_on_the_own_proposal_nor_approves_the_own_decision(world: World) -> None:
    at = world.scene(S.SUBMITTED)
    with pytest.raises(Refused):
        review.review(proposal=at.proposal, decision=Decision.FILE, actor=world.people["author"])
    review.review(proposal=at.proposal, decision=Decision.FILE, actor=world.people["chair"])
    with pytest.raises(Refused):
        review.approve(proposal=at.proposal, actor=world.people["chair"])
    review.approve(proposal=at.proposal, actor=bodies.leader())


def test_nobody_merges_what_concerns_himself_on_either_side(world: World) -> None:
    at = world.scene(S.SUBMITTED)
    drive, author, office = at.proposal.drive, world.people["author"], world.people["office"]
    colleague = delegates.delegate(of=world.congress)
    others = [
        proposals.proposal(state=S.SUBMITTED, drive=drive, congress=world.congress, proposer=colleague)
        for _ in range(2)
    ]
    merge = partial(review.review, decision=Decision.MERGE)
    for mine, into in ((others[0], at.proposal), (at.proposal, others[0])):
        with pytest.raises(Refused):
            merge(proposal=mine, into=into, actor=author)
    merge(proposal=at.proposal, into=others[0], actor=office)
    for concerned, into in ((others[1], others[0]), (others[0], others[1])):
        with pytest.raises(Refused) as told:
            merge(proposal=concerned, into=into, actor=author)
        assert "您本人的提案" in str(told.value)
    merge(proposal=others[0], into=others[1], actor=office)


def test_a_leader_does_not_approve_what_the_own_proposal_was_merged_into(world: World) -> None:
    at = world.scene(S.SUBMITTED)
    drive, office = at.proposal.drive, world.people["office"]
    colleague = delegates.delegate(of=world.congress)
    main = proposals.proposal(state=S.SUBMITTED, drive=drive, congress=world.congress, proposer=colleague)
    review.review(proposal=at.proposal, decision=Decision.MERGE, into=main, actor=office)
    review.review(proposal=main, decision=Decision.FILE, actor=office)
    with pytest.raises(Refused):
        review.approve(proposal=main, actor=world.people["author"])
    assert review.approve(proposal=main, actor=bodies.leader()).state == S.FILED


def test_proposals_of_the_staff_and_of_the_union_are_not_merged(world: World) -> None:
    union = bodies.congress(body=Body.UNION)
    drive = drives.drive(of=sessions.session(world.congress, union))
    ours = world.plain(drive, S.SUBMITTED)
    theirs = proposals.proposal(state=S.SUBMITTED, drive=drive, congress=union, proposer=delegates.delegate(of=union))
    with pytest.raises(Refused) as told:
        review.review(proposal=ours, decision=Decision.MERGE, into=theirs, actor=world.people["office"])
    assert told.value.field == "into"
    offered: Any = review_form(ours)().fields["into"]
    assert theirs not in offered.queryset


@pytest.mark.parametrize("decision", [Decision.DECLINE, Decision.RETURN, Decision.REFER])
def test_some_decisions_need_a_reason(world: World, decision: Decision) -> None:
    at = world.scene(S.SUBMITTED)
    with pytest.raises(Refused) as told:
        review.review(proposal=at.proposal, decision=decision, reason=" ", actor=world.people["office"])
    assert told.value.field == "reason"


def test_a_double_click_assigns_once_and_another_order_is_refused(world: World) -> None:
    at = world.scene(S.FILED)
    order: dict[str, Any] = {"proposal": at.proposal, "lead": world.lead, "actor": world.people["office"]}
    for _click in range(2):
        held = assigning.assign(**order, supporting=[world.support])
    assert Assignment.objects.filter(proposal=at.proposal).count() == 2
    assert held.due_on == timezone.localdate() + dt.timedelta(days=held.drive.reply_days)
    with pytest.raises(Conflict) as told:
        assigning.assign(**order)
    assert world.people["office"].name in str(told.value)
    with pytest.raises(Refused):
        assigning.assign(
            proposal=world.scene(S.FILED).proposal,
            lead=world.lead,
            supporting=[world.lead],
            actor=world.people["office"],
        )


def test_another_department_takes_the_draft_along(world: World) -> None:
    at = world.scene(S.ASSIGNED)
    contact = world.people["lead contact"]
    replies.save_draft(proposal=at.proposal, department=world.lead, draft=DONE, actor=contact)
    office = world.people["office"]
    assigning.reassign(proposal=at.proposal, lead=world.support, actor=office, reason="职能调整。")
    assert at.proposal.replies.get().department == world.support
    with pytest.raises(Conflict):
        replies.hand_in(proposal=at.proposal, department=world.lead, draft=DONE, actor=contact)


def test_a_merged_department_hands_on_what_is_open_and_keeps_what_it_answered(world: World) -> None:
    today = timezone.localdate()
    working, both, closed = world.scene(S.ASSIGNED), world.scene(S.SIGNING), world.scene(S.CLOSED)
    contact = world.people["lead contact"]
    replies.save_draft(proposal=working.proposal, department=world.lead, draft=DONE, actor=contact)
    extensions.ask(
        proposal=working.proposal,
        department=world.lead,
        until=today + dt.timedelta(days=99),
        reason="机构调整。",
        actor=contact,
    )
    moved = departments.merge(department=world.lead, into=world.support, on=today, actor=world.people["office"])
    assert moved == 2
    for at in (working, both):
        lead = at.proposal.assignments.get(ended_at__isnull=True)
        assert (lead.department, lead.duty) == (world.support, Duty.LEAD)
    assert working.proposal.replies.get().department == world.support
    assert working.proposal.extensions.get().department == world.support
    assert closed.proposal.assignments.get(duty=Duty.LEAD, ended_at__isnull=True).department == world.lead
    assert not world.lead.posts.filter(valid_to__isnull=True).exists()
    replies.sign(proposal=both.proposal, actor=world.people["supporting leader"])
    with pytest.raises(Refused) as told:
        assigning.assign(proposal=world.scene(S.FILED).proposal, lead=world.lead, actor=world.people["office"])
    assert world.support.name in str(told.value)
    with pytest.raises(Conflict):
        departments.merge(department=world.lead, into=world.support, on=today, actor=None)


pytestmark = pytest.mark.django_db
