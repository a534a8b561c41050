"""What happens to a proposal when things go as they do: two at once, twice, late, merged away, by the wrong person."""

import datetime as dt
import threading
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from congress.enums import (
    Decision,
    DepartmentDuty,
    Duty,
    ExtensionState,
    FollowUpState,
    Grade,
    ProposalState,
    ReplyKind,
)
from congress.models import Assignment, FollowUp, Proposal, Rating, Reminder, Suggestion
from congress.services import assigning, awards, departments, extensions, ratings, replies, reviewing
from tests.congress.scenes import Scene, World, new_world
from tests.factories import congress as make
from tests.factories import members
from union_portal.base.errors import Conflict, DomainError, Refused

pytestmark = pytest.mark.django_db
S = ProposalState
DONE = replies.Draft(kind=ReplyKind.DONE, text="已办理。")


@pytest.fixture
def world() -> World:
    return new_world()


def answered(world: World, at: Scene, draft: replies.Draft = DONE) -> Any:
    replies.hand_in(proposal=at.proposal, department=world.lead, draft=draft, actor=world.people["lead contact"])
    return replies.sign(proposal=at.proposal, actor=world.people["lead's leader"])


def test_the_second_of_two_reviewers_is_told_who_decided_what(world: World) -> None:
    at = world.scene(S.SUBMITTED)
    first = world.people["committee"]
    reviewing.review(proposal=at.proposal, decision=Decision.DECLINE, reason="不属职权范围。", actor=first)
    with pytest.raises(Conflict) as told:
        reviewing.review(proposal=at.proposal, decision=Decision.FILE, actor=world.people["office"])
    assert first.name in str(told.value)
    assert at.proposal.number in str(told.value)
    assert at.proposal.reviews.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_reviewers_at_once_leave_one_decision() -> None:
    world = new_world()
    at = world.scene(S.SUBMITTED)
    outcomes: list[str] = []
    gate = threading.Barrier(2)

    def decide(role: str, decision: Decision) -> None:
        gate.wait()
        try:
            reviewing.review(proposal=at.proposal, decision=decision, reason="讨论决定。", actor=world.people[role])
        except Conflict as told:
            outcomes.append(str(told))
        else:
            outcomes.append("")
        finally:
            connection.close()

    both = [
        threading.Thread(target=decide, args=pair)
        for pair in (("committee", Decision.DECLINE), ("office", Decision.PASS_ON))
    ]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(bool(outcome) for outcome in outcomes) == [False, True]
    assert at.proposal.reviews.count() == 1
    assert at.proposal.moves.count() == 1


def test_a_bulk_review_tells_each_refusal_and_does_the_rest(world: World) -> None:
    open_, decided = world.scene(S.SUBMITTED).proposal, world.scene(S.DECLINED).proposal
    result = reviewing.review_many(
        proposals=[open_, decided], decision=Decision.PASS_ON, actor=world.people["committee"]
    )
    assert result.done == [open_]
    assert [proposal for proposal, _words in result.refused] == [decided]
    assert Suggestion.objects.get().proposal == open_
    assert Suggestion.objects.get().text.startswith(open_.grounds)


def test_merging_keeps_texts_and_authors_and_takes_along_what_was_merged_before(world: World) -> None:
    at = world.scene(S.SUBMITTED)
    drive, office = at.proposal.drive, world.people["office"]
    second, third = (world.plain(drive, S.SUBMITTED) for _ in range(2))
    reviewing.review(proposal=third, decision=Decision.MERGE, into=second, actor=office)
    reviewing.review(proposal=second, decision=Decision.MERGE, into=at.proposal, actor=office)
    assert set(at.proposal.merged.values_list("pk", flat=True)) == {second.pk, third.pk}
    second.refresh_from_db()
    assert second.grounds
    assert second.proposer == world.delegate
    with pytest.raises(Refused) as told:
        reviewing.review(proposal=world.plain(drive, S.SUBMITTED), decision=Decision.MERGE, into=third, actor=office)
    assert at.proposal.number in str(told.value)
    with pytest.raises(Refused):
        reviewing.review(proposal=at.proposal, decision=Decision.MERGE, into=at.proposal, actor=office)
    elsewhere = world.scene(S.SUBMITTED).proposal
    with pytest.raises(Refused):
        reviewing.review(proposal=elsewhere, decision=Decision.MERGE, into=at.proposal, actor=office)


def test_nobody_decides_on_the_own_proposal_nor_approves_the_own_decision(world: World) -> None:
    at = world.scene(S.SUBMITTED)
    with pytest.raises(Refused):
        reviewing.review(proposal=at.proposal, decision=Decision.FILE, actor=world.people["author"])
    reviewing.review(proposal=at.proposal, decision=Decision.FILE, actor=world.people["chair"])
    with pytest.raises(Refused):
        reviewing.approve(proposal=at.proposal, actor=world.people["chair"])
    reviewing.approve(proposal=at.proposal, actor=make.leader())


@pytest.mark.parametrize("decision", [Decision.DECLINE, Decision.RETURN, Decision.REFER])
def test_some_decisions_need_a_reason(world: World, decision: Decision) -> None:
    at = world.scene(S.SUBMITTED)
    with pytest.raises(Refused) as told:
        reviewing.review(proposal=at.proposal, decision=decision, reason=" ", actor=world.people["office"])
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


def test_a_reply_is_rated_once_and_only_by_its_proposer(world: World) -> None:
    at = world.scene(S.ASSIGNED)
    reply = answered(world, at)
    stranger = make.delegate(of=world.congress).person
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
        extensions.grant(extension=asked, actor=make.officer())
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
        return [str(one.body) for one in mail.outbox]

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


def test_a_mail_that_cannot_be_sent_is_tried_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    at = world.scene(S.ASSIGNED)
    contact = world.people["lead contact"]
    contact.email = "contact@example.org"
    contact.save()

    def broken(*_args: Any, **_options: Any) -> int:
        raise OSError

    day = timezone.localdate()
    Proposal.objects.filter(pk=at.proposal.pk).update(due_on=day)
    with monkeypatch.context() as patch:
        patch.setattr("congress.services.reminders.send_mail", broken)
        call_command("send_congress_reminders", verbosity=0)
    assert not Reminder.objects.exists()
    call_command("send_congress_reminders", verbosity=0)
    assert len(mail.outbox) == 1


def test_awards_keep_the_statistics_they_were_chosen_by(world: World) -> None:
    at = world.scene(S.ASSIGNED)
    reply = answered(world, at)
    ratings.rate(reply=reply, grade=Grade.SATISFIED, person=world.delegate.person, actor=world.people["author"])
    session, office = at.proposal.drive.session, world.people["office"]
    (best,) = awards.proposals(session=session)
    assert (best.grade, best.days, best.kind) == (Grade.SATISFIED, 0, ReplyKind.DONE)
    lead, support = awards.departments(session=session)
    assert (lead.department, lead.led, lead.in_time, lead.satisfied) == (world.lead, 1, 1, 1)
    assert (support.led, support.supported) == (0, 1)
    given = awards.bestow(session=session, actor=office, department=world.lead, grounds="办理认真。")
    assert given.statistics["satisfied"] == 1
    with pytest.raises(Conflict):
        awards.bestow(session=session, actor=office, department=world.lead)
    awards.bestow(session=session, actor=office, proposal=at.proposal)
    with pytest.raises(DomainError):
        awards.bestow(session=session, actor=office, proposal=world.scene(S.DECLINED).proposal)


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
