"""What was typed while the matter went elsewhere: said by whom, when and to whom, with the words to copy."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from congress.committees.enums import CommitteeKind
from congress.committees.models import CommitteeSeat
from congress.departments import services as departments
from congress.departments.enums import DepartmentDuty
from congress.drives.models import ProposalDrive
from congress.handling.enums import ReplyKind
from congress.handling.models import Assignment, Reply
from congress.handling.services import assigning
from congress.handling.services.replies import Draft, hand_in
from congress.proposals.enums import ProposalState
from congress.proposals.models import Proposal
from congress.ratings.models import Rating
from congress.review import services as review
from congress.review.enums import Decision
from congress.suggestions import services as suggestions
from congress.suggestions.enums import SuggestionSource, SuggestionState
from congress.suggestions.models import Suggestion
from tests.congress.handling.scenes import Scene, World
from tests.factories import departments as make
from tests.factories.proposals import phone, url
from tests.factories.states import put

TYPED = "已与基建处商定分两期改造，首期十月完工。"
TODAY = timezone.localdate()
BEFORE = TODAY - dt.timedelta(days=1)


def post(at: Scene, role: str, step: str, **fields: str) -> Any:
    client = phone(at.people[role])
    typed = {"kind": "done", "text": TYPED, "note": TYPED, "reason": TYPED, "outcome": "keep", "version": "0", **fields}
    return client.post(reverse(f"congress:department_{step}", args=[at.proposal.pk]), typed)


def given_to_another(at: Scene, **fields: Any) -> Any:
    other = make.department(contact=True)
    assigning.reassign(
        proposal=at.proposal, lead=other, actor=at.people["office"], reason="职责调整，由该处办理", **fields
    )
    return other


# Departments


@pytest.mark.parametrize("step", ["reply", "note", "extension", "promise"])
def test_who_was_assigned_reads_who_took_it_and_keeps_the_words(world: World, step: str) -> None:
    at = world.scene(ProposalState.ASSIGNED)
    other = given_to_another(at)
    answer = post(at, "lead contact", step, until=f"{TODAY + dt.timedelta(days=99)}", hand_in="1")
    page = answer.content.decode()
    assert answer.status_code == 409
    for words in (TYPED, at.people["office"].name, other.name, "职责调整", f"{TODAY}", "没有保存"):
        assert words in page, words
    assert not Reply.objects.filter(text=TYPED).exists()
    for stranger in ("other contact", "member", "author", "office"):
        assert post(at, stranger, step, until=f"{TODAY}").status_code == 404, stranger
    opened = phone(at.people["lead contact"]).get(reverse("congress:department_proposal", args=[at.proposal.pk]))
    assert opened.status_code == 409
    assert other.name in opened.content.decode()
    assert at.proposal.grounds not in opened.content.decode()


def test_a_leader_keeps_the_words_with_which_a_reply_was_to_go_back(world: World) -> None:
    at = world.scene(ProposalState.ASSIGNED)
    given_to_another(at)
    answer = post(at, "lead's leader", "return")
    assert answer.status_code == 409
    assert TYPED in answer.content.decode()


def test_who_leads_no_more_but_supports_keeps_the_request_for_more_days(world: World) -> None:
    at = world.scene(ProposalState.ASSIGNED)
    other = given_to_another(at, supporting=[at.lead])
    answer = post(at, "lead contact", "extension", until=f"{TODAY + dt.timedelta(days=99)}")
    assert answer.status_code == 409
    assert TYPED in answer.content.decode()
    assert other.name in answer.content.decode()
    # Who only ever supported may not ask, and lost nothing that was his.
    assert post(world.scene(ProposalState.ASSIGNED), "supporting contact", "extension").status_code == 403


def test_a_merged_department_reads_into_which_one(world: World) -> None:
    at = world.scene(ProposalState.ASSIGNED)
    heir = make.department(contact=True)
    departments.merge(department=at.lead, into=heir, on=BEFORE, actor=at.people["office"])
    page = post(at, "lead contact", "reply").content.decode()
    for words in (TYPED, heir.name, at.people["office"].name):
        assert words in page, words


def test_whose_post_ended_reads_who_answers_now(world: World) -> None:
    at = world.scene(ProposalState.ASSIGNED)
    Assignment.objects.filter(proposal=at.proposal).update(assigned_at=timezone.now() - dt.timedelta(days=9))
    at.lead.posts.filter(duty=DepartmentDuty.CONTACT).update(valid_to=BEFORE)
    successor = make.post(of=at.lead)
    answer = post(at, "lead contact", "reply")
    assert answer.status_code == 403
    for words in (TYPED, successor.name, f"{BEFORE}"):
        assert words in answer.content.decode(), words


def test_who_left_before_the_assignment_learns_nothing_of_it(world: World) -> None:
    world.lead.posts.filter(duty=DepartmentDuty.CONTACT).update(valid_to=BEFORE)
    at = world.scene(ProposalState.ASSIGNED)
    assert post(at, "lead contact", "reply").status_code == 404
    given_to_another(at)
    assert post(at, "lead contact", "reply").status_code == 404


@pytest.mark.parametrize("state", [ProposalState.ANSWERED, ProposalState.CLOSED])
def test_a_reply_to_what_was_answered_or_closed_meanwhile_stays_on_the_page(world: World, state: ProposalState) -> None:
    at = world.scene(state)
    for step in ("reply", "note"):
        answer = post(at, "lead contact", step, hand_in="1")
        assert answer.status_code == 409
        assert TYPED in answer.content.decode()


def test_an_answer_to_a_suggestion_taken_back_meanwhile_is_kept(world: World) -> None:
    office = world.people["office"]
    one = Suggestion.objects.create(
        title="关于校园路灯",
        text="路灯不亮。",
        source=SuggestionSource.DISCUSSION,
        state=SuggestionState.COLLECTED,
        collected_on=TODAY,
    )
    only = Suggestion.objects.filter(pk=one.pk)
    suggestions.send(rows=only, department=world.lead, due_on=TODAY, actor=office)
    suggestions.take_back(rows=only, actor=office, why="误发")
    place = reverse("congress:department_suggestion", args=[one.pk])
    answer = phone(world.people["lead contact"]).post(place, {"answer": TYPED})
    assert answer.status_code == 409
    for words in (TYPED, office.name, "误发"):
        assert words in answer.content.decode(), words
    assert phone(world.people["other contact"]).post(place, {"answer": TYPED}).status_code == 404


# Committee


def test_a_member_who_left_the_committee_reads_since_when_and_keeps_the_reason(world: World) -> None:
    at = world.scene(ProposalState.SUBMITTED)
    seat = CommitteeSeat.objects.get(person__user=at.people["committee"], committee__kind=CommitteeKind.PROPOSAL)
    CommitteeSeat.objects.filter(pk=seat.pk).update(valid_to=BEFORE)
    typed = {"decision": "decline", "reason": TYPED}
    for place in (reverse("congress:committee_proposal", args=[at.proposal.pk]), reverse("congress:committee")):
        answer = phone(at.people["committee"]).post(place, typed)
        assert answer.status_code == 403
        assert TYPED in answer.content.decode()
        assert f"{BEFORE}" in answer.content.decode()
        assert phone(at.people["member"]).post(place, typed).status_code == 404
    at.proposal.refresh_from_db()
    assert at.proposal.state == ProposalState.SUBMITTED


def test_a_bulk_decision_that_came_second_keeps_its_reason(world: World) -> None:
    at = world.scene(ProposalState.SUBMITTED)
    review.review(proposal=at.proposal, decision=Decision.FILE, actor=at.people["office"])
    typed = {"decision": "decline", "reason": TYPED, "chosen": [at.proposal.pk]}
    answer = phone(at.people["committee"]).post(reverse("congress:committee"), typed)
    assert answer.status_code == 409
    assert at.people["office"].name in answer.content.decode()
    assert Proposal.objects.get(pk=at.proposal.pk).state == ProposalState.APPROVING


# Ratings


def test_words_of_a_rating_that_came_too_late_stay_on_the_page(world: World) -> None:
    at = world.scene(ProposalState.ASSIGNED)
    draft = Draft(kind=ReplyKind.DONE, text="已办理。")
    ProposalDrive.objects.filter(pk=at.proposal.drive_id).update(sign_off=False)
    hand_in(proposal=at.proposal, department=at.lead, draft=draft, actor=at.people["lead contact"])
    put(Proposal.objects.filter(pk=at.proposal.pk), ProposalState.CLOSED)
    typed = {"grade": "dissatisfied", "words": TYPED, "version": at.proposal.replies.get().version}
    answer = phone(at.people["author"]).post(url("proposal_rate", at.proposal.pk), typed)
    assert answer.status_code == 409
    assert TYPED in answer.content.decode()
    assert not Rating.objects.exists()


# Signed out


def test_who_was_signed_out_while_typing_gets_the_words_back_and_the_way_in(world: World) -> None:
    at = world.scene(ProposalState.ASSIGNED)
    place = reverse("congress:department_reply", args=[at.proposal.pk])
    form = reverse("congress:department_proposal", args=[at.proposal.pk])
    answer = Client().post(
        place, {"text": TYPED, "password": TYPED * 2}, headers={"referer": f"http://testserver{form}"}
    )
    page = answer.content.decode()
    assert answer.status_code == 403
    assert page.count(TYPED) == 1
    assert f"next={form.replace('/', '%2F')}" in page
    assert "no-store" in answer.headers["Cache-Control"]
    assert Client().post(place, {"version": "0"}).status_code == 302
    assert Client().get(form).status_code == 302


pytestmark = pytest.mark.django_db
