"""A merged topic has one rating, its leading author's; the other authors' opinions stand beside it, uncounted."""

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from congress.awards import services as awards
from congress.delegates.models import Delegate
from congress.drives.models import ProposalDrive
from congress.handling.enums import Grade, ReplyKind
from congress.handling.models import Reply
from congress.handling.services import replies
from congress.proposals.enums import ProposalState
from congress.proposals.models import Proposal
from congress.ratings import services as ratings
from congress.ratings.models import Opinion, Rating
from congress.ratings.querysets import with_account
from congress.review import services as review
from congress.review.enums import Decision
from tests.congress.handling.scenes import World
from tests.factories import delegates, proposals
from tests.factories.proposals import phone, url, user_of
from union_portal.base.errors import Conflict, Refused


def merged_and_answered(world: World) -> tuple[Proposal, Delegate, Reply]:
    """Answer a topic that another delegate's proposal was merged into."""
    at = world.scene(ProposalState.ASSIGNED)
    ProposalDrive.objects.filter(pk=at.proposal.drive_id).update(sign_off=False)
    other = delegates.delegate(of=world.congress)
    twin = proposals.proposal(
        state=ProposalState.SUBMITTED, drive=at.proposal.drive, congress=world.congress, proposer=other
    )
    review.review(proposal=twin, decision=Decision.MERGE, into=at.proposal, actor=world.people["office"])
    draft = replies.Draft(kind=ReplyKind.DONE, text="已办理。")
    reply = replies.hand_in(proposal=at.proposal, department=at.lead, draft=draft, actor=world.people["lead contact"])
    at.proposal.refresh_from_db()
    return at.proposal, other, reply


def give(proposal: Proposal, delegate: Delegate, grade: str = "dissatisfied", **fields: Any) -> Any:
    typed = {"grade": grade, "words": "一号楼仍未解决。", "version": proposal.replies.latest("round").version, **fields}
    return phone(user_of(delegate)).post(url("proposal_opinion", proposal.pk), typed)


def test_a_joint_proposer_gives_an_opinion_once_that_moves_nothing(world: World) -> None:
    proposal, other, reply = merged_and_answered(world)
    page = phone(user_of(other)).get(url("proposal", proposal.pk)).content.decode()
    assert url("proposal_opinion", proposal.pk) in page
    assert url("proposal_rate", proposal.pk) not in page
    assert give(proposal, other).status_code == 302
    second = give(proposal, other, grade="satisfied")
    assert second.status_code == 409
    assert "一号楼仍未解决。" in second.content.decode()
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.ANSWERED
    one = Opinion.objects.get()
    assert (one.reply, one.grade, one.person, one.proposal.merged_into) == (
        reply,
        Grade.DISSATISFIED,
        other.person,
        proposal,
    )
    assert not Rating.objects.exists()
    with pytest.raises(DatabaseError), transaction.atomic():
        Opinion.objects.filter(pk=one.pk).update(grade=Grade.SATISFIED)


def test_the_leading_author_rates_whatever_the_others_say_and_only_that_counts(world: World) -> None:
    proposal, other, reply = merged_and_answered(world)
    give(proposal, other)
    ratings.rate(reply=reply, grade=Grade.SATISFIED, person=world.delegate.person, actor=world.people["author"])
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.CLOSED
    assert with_account(Proposal.objects.filter(pk=proposal.pk)).get().grade == Grade.SATISFIED
    lead = awards.departments(session=proposal.drive.session)[world.lead]
    assert (lead["满意"], lead["不满意"]) == (1, 0)


def test_an_opinion_may_still_be_given_when_the_leading_author_was_quicker(world: World) -> None:
    proposal, other, reply = merged_and_answered(world)
    ratings.rate(reply=reply, grade=Grade.SATISFIED, person=world.delegate.person, actor=world.people["author"])
    assert give(proposal, other).status_code == 302
    assert Opinion.objects.count() == 1


def test_only_authors_of_what_was_merged_into_it_give_opinions(world: World) -> None:
    proposal, _other, reply = merged_and_answered(world)
    stranger = delegates.delegate(of=world.congress)
    assert give(proposal, stranger).status_code == 404
    assert give(proposal, world.delegate).status_code == 404
    with pytest.raises(Refused):
        ratings.give_opinion(
            reply=reply, grade=Grade.SATISFIED, person=world.delegate.person, actor=world.people["author"]
        )
    with pytest.raises(Refused):
        ratings.give_opinion(reply=reply, grade=Grade.SATISFIED, person=stranger.person, actor=user_of(stranger))
    assert not Opinion.objects.exists()


def test_opinions_end_with_the_days_to_rate(world: World) -> None:
    proposal, other, reply = merged_and_answered(world)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Proposal.objects.filter(pk=proposal.pk).update(rate_by=yesterday)
    assert (
        url("proposal_opinion", proposal.pk)
        not in phone(user_of(other)).get(url("proposal", proposal.pk)).content.decode()
    )
    with pytest.raises(Conflict):
        ratings.give_opinion(reply=reply, grade=Grade.SATISFIED, person=other.person, actor=user_of(other))


def test_office_department_and_author_read_the_opinions(world: World) -> None:
    proposal, other, _reply = merged_and_answered(world)
    give(proposal, other)
    for role, place in (
        ("office", f"/admin/congress/proposal/{proposal.pk}/change/"),
        ("lead contact", url("department_proposal", proposal.pk)),
        ("author", url("proposal", proposal.pk)),
    ):
        page = phone(world.people[role]).get(place).content.decode()
        assert "一号楼仍未解决。" in page, role
        assert other.person.name in page, role


pytestmark = pytest.mark.django_db
