"""Replies, ratings and reminders: once each, by the right person, and told to those who wait."""

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from congress.departments import services as departments
from congress.departments.enums import DepartmentDuty
from congress.handling.enums import ExtensionState, FollowUpState, Grade, ReplyKind
from congress.handling.models import FollowUp
from congress.handling.services import extensions, replies
from congress.past_records.services import Handled, Paper, record_proposal
from congress.proposals.enums import Outcome, ProposalState
from congress.proposals.models import Proposal
from congress.ratings import services as ratings
from congress.ratings.models import Rating
from congress.reminders import services as reminders
from congress.reminders.models import Reminder
from tests.congress.handling.scenes import Scene, World
from tests.factories import bodies, delegates, members, sessions
from tests.letters import posted
from union_portal.base.errors import Conflict, Refused

S = ProposalState
DONE = replies.Draft(kind=ReplyKind.DONE, text="已办理。")


def answered(world: World, at: Scene, draft: replies.Draft = DONE) -> Any:
    replies.hand_in(proposal=at.proposal, department=world.lead, draft=draft, actor=world.people["lead contact"])
    return replies.sign(proposal=at.proposal, actor=world.people["lead's leader"])


def test_a_reply_is_rated_once_and_only_by_its_proposer(world: World) -> None:
    at = world.scene(S.ASSIGNED)
    reply = answered(world, at)
    stranger = delegates.delegate(of=world.congress).person
    with pytest.raises(Refused):
        ratings.rate(reply=reply, grade=Grade.SATISFIED, person=stranger, actor=stranger.user)
    mine: dict[str, Any] = {"reply": reply, "person": world.delegate.person, "actor": world.people["author"]}
    ratings.rate(**mine, grade=Grade.BASICALLY)
    with pytest.raises(Conflict) as told:
        ratings.rate(**mine, grade=Grade.SATISFIED)
    assert str(Grade.BASICALLY.label) in str(told.value)
    assert Rating.objects.count() == 1
    at.proposal.refresh_from_db()
    assert at.proposal.state == S.CLOSED


def test_dissatisfied_leads_to_a_second_handling_and_to_no_third(world: World) -> None:
    at = world.scene(S.ASSIGNED)
    promise = timezone.localdate() + dt.timedelta(days=20)
    reply = answered(world, at, replies.Draft(kind=ReplyKind.PLANNED, text="计划改造。", promised_on=promise))
    mine: dict[str, Any] = {"person": world.delegate.person, "actor": world.people["author"]}
    with pytest.raises(Refused):
        ratings.rate(reply=reply, grade=Grade.DISSATISFIED, **mine)
    ratings.rate(reply=reply, grade=Grade.DISSATISFIED, words="没有时间表。", **mine)
    at.proposal.refresh_from_db()
    assert (at.proposal.state, at.proposal.round) == (S.REHANDLING, 2)
    assert at.proposal.due_on == timezone.localdate() + dt.timedelta(days=at.proposal.drive.reply_days)
    second = answered(world, at)
    assert FollowUp.objects.get().state == FollowUpState.KEPT
    ratings.rate(reply=second, grade=Grade.DISSATISFIED, words="仍不满意。", **mine)
    at.proposal.refresh_from_db()
    assert at.proposal.state == S.CLOSED
    assert [one.grade for one in Rating.objects.order_by("pk")] == [Grade.DISSATISFIED] * 2


def test_a_returned_second_reply_stays_in_the_second_handling(world: World) -> None:
    at = world.scene(S.REHANDLING)
    contact, leader = world.people["lead contact"], world.people["lead's leader"]
    replies.hand_in(proposal=at.proposal, department=world.lead, draft=DONE, actor=contact)
    replies.return_reply(proposal=at.proposal, actor=leader, reason="请写明完成时间。")
    at.proposal.refresh_from_db()
    assert (at.proposal.state, at.proposal.round) == (S.REHANDLING, 2)
    assert at.proposal.replies.count() == 2


def test_a_reply_nobody_could_sign_is_not_handed_in(world: World) -> None:
    at = world.scene(S.ASSIGNED)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    world.lead.posts.filter(duty=DepartmentDuty.LEADER).update(valid_to=yesterday)
    with pytest.raises(Refused) as told:
        replies.hand_in(proposal=at.proposal, department=world.lead, draft=DONE, actor=world.people["lead contact"])
    assert world.lead.name in str(told.value)


def test_what_nobody_rates_is_closed_after_the_feedback_days(world: World) -> None:
    at = world.scene(S.ASSIGNED)
    answered(world, at)
    at.proposal.refresh_from_db()
    last = at.proposal.rate_by
    assert last is not None
    assert ratings.close_unrated(on=last) == 0
    assert ratings.close_unrated(on=last + dt.timedelta(days=1)) == 1
    assert ratings.close_unrated(on=last + dt.timedelta(days=1)) == 0
    at.proposal.refresh_from_db()
    assert at.proposal.state == S.CLOSED
    assert not Rating.objects.exists()


def test_an_extension_is_decided_once(world: World) -> None:
    at = world.scene(S.ASSIGNED)
    asked = extensions.ask(
        proposal=at.proposal,
        department=world.lead,
        until=timezone.localdate() + dt.timedelta(days=80),
        reason="需要招标。",
        actor=world.people["lead contact"],
    )
    extensions.refuse(extension=asked, actor=world.people["office"], answer="时间足够。")
    with pytest.raises(Conflict) as told:
        extensions.grant(extension=asked, actor=bodies.officer())
    assert world.people["office"].name in str(told.value)
    asked.refresh_from_db()
    assert asked.state == ExtensionState.REFUSED


def test_reminders_go_out_once_before_and_after_a_deadline_as_one_digest(world: World) -> None:
    first, second = world.scene(S.ASSIGNED).proposal, world.scene(S.ASSIGNED).proposal
    contact = world.people["lead contact"]
    contact.email = "contact@example.org"
    contact.save()
    day = timezone.localdate() + dt.timedelta(days=40)
    Proposal.objects.filter(pk__in=[first.pk, second.pk]).update(due_on=day)

    def run(days: int) -> list[str]:
        mail.outbox.clear()
        for _again in range(2):
            call_command("send_congress_reminders", on=day + dt.timedelta(days=days), verbosity=0)
        return [str(one.body) for one in posted()]

    assert run(-8) == []
    (ahead,) = run(-7)
    assert first.title in ahead
    assert second.title in ahead
    assert run(-6) == []
    assert len(run(-3)) == 1
    assert len(run(0)) == 1
    (late,) = run(1)
    assert "逾期 1 天" in late
    assert run(2) == []
    assert len(run(8)) == 1
    assert Reminder.objects.filter(user=contact).count() == 10


def test_who_enters_old_papers_reminds_nobody_of_a_deadline_that_had_passed(world: World) -> None:
    session = sessions.session(world.congress, convened_on=timezone.localdate() - dt.timedelta(days=300))
    contact, late = world.people["lead contact"], timezone.localdate() - dt.timedelta(days=100)
    for number, due in (("2025-1", late), ("2025-2", timezone.localdate() + dt.timedelta(days=3))):
        record_proposal(
            session=session,
            congress=world.congress,
            paper=Paper(number=number, title=f"旧提案{number}", outcome=Outcome.FILED),
            handled=Handled(lead=world.lead, due_on=due),
            actor=None,
        )
    for day in (0, 10, 30):
        told = reminders.lines(on=timezone.localdate() + dt.timedelta(days=day))[contact.pk]
        assert [line.title for line in told] == ["2025-2 旧提案2025-2"]


def test_an_appointed_person_gets_an_account_and_the_desk_only_for_the_days(world: World) -> None:
    person = members.person()
    today = timezone.localdate()
    post = departments.appoint(department=world.lead, person=person, duty=DepartmentDuty.HEAD, on=today)
    person.refresh_from_db()
    assert person.user is not None
    with pytest.raises(Refused):
        departments.appoint(department=world.lead, person=person, duty=DepartmentDuty.HEAD, on=today)
    at = world.scene(S.ASSIGNED)
    assert person.user.has_perm("congress.answer_proposal", at.proposal)
    type(post).objects.filter(pk=post.pk).update(valid_from=today - dt.timedelta(days=9))
    departments.end_post(post=post, on=today - dt.timedelta(days=1))
    assert not person.user.has_perm("congress.answer_proposal", at.proposal)


pytestmark = pytest.mark.django_db
