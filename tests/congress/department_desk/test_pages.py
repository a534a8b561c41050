"""The departments' desk over HTTP: only what is theirs, nothing typed is lost, every deadline counted."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from congress.departments.enums import DepartmentDuty
from congress.handling.enums import Duty, ExtensionState, FollowUpState, ReplyKind, ReplyState
from congress.handling.models import Assignment, Extension, FollowUp, Reply
from congress.handling.services import replies
from congress.proposals.enums import ProposalState
from congress.proposals.models import Proposal
from tests.congress.handling.scenes import World
from tests.factories import drives, sessions
from tests.factories.states import PUT, put
from union_portal.accounts.models import User

FORM = {"kind": "done", "text": "已增设停车位四十个。", "promised_on": "", "reason": ""}


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(name: str, proposal: Proposal) -> str:
    return reverse(f"congress:department_{name}", args=[proposal.pk])


STEPS = ("reply", "note", "extension", "sign", "return", "promise")


@pytest.mark.parametrize("state", [ProposalState.ASSIGNED, ProposalState.SIGNING, ProposalState.CLOSED])
def test_a_department_opens_only_its_own_proposals(
    world: World, clients: dict[str, Client], state: ProposalState
) -> None:
    at = world.scene(state)
    for role, client in clients.items():
        mine = role in {"lead contact", "lead's leader", "supporting contact", "supporting leader"}
        assert client.get(address("proposal", at.proposal)).status_code == (200 if mine else 404), role
        desk = client.get(reverse("congress:departments"))
        assert desk.status_code == (200 if "contact" in role or "leader" in role else 404), role
        if not mine:
            assert at.proposal.title not in desk.content.decode()
            for step in STEPS:
                assert client.post(address(step, at.proposal), {**FORM, "hand_in": "1"}).status_code == 404, (
                    role,
                    step,
                )
    at.proposal.refresh_from_db()
    assert at.proposal.state == state
    assert not at.proposal.moves.exclude(action=PUT).exists()


def test_only_the_lead_answers_and_only_its_leader_signs(world: World) -> None:
    at = world.scene(ProposalState.ASSIGNED)
    support = client_of(world.people["supporting contact"])
    refused = support.post(address("reply", at.proposal), {**FORM, "hand_in": "1", "version": "0"})
    assert refused.status_code == 409
    assert FORM["text"] in refused.content.decode()
    for role in ("lead's leader", "supporting leader"):
        assert (
            client_of(world.people[role]).post(address("reply", at.proposal), {**FORM, "hand_in": "1"}).status_code
            == 403
        )
    lead = client_of(world.people["lead contact"])
    assert lead.post(address("reply", at.proposal), {**FORM, "hand_in": "1", "version": "0"}).status_code == 302
    for role in ("lead contact", "supporting contact", "supporting leader"):
        assert client_of(world.people[role]).post(address("sign", at.proposal)).status_code == 403
    assert client_of(world.people["lead's leader"]).post(address("sign", at.proposal)).status_code == 302
    at.proposal.refresh_from_db()
    assert at.proposal.state == ProposalState.ANSWERED
    assert at.proposal.rate_by == timezone.localdate() + dt.timedelta(days=at.proposal.drive.feedback_days)
    reply = at.proposal.replies.get()
    assert (reply.state, reply.signed_by) == (ReplyState.SENT, world.people["lead's leader"])


def test_a_stale_form_is_told_and_loses_nothing(world: World) -> None:
    at = world.scene(ProposalState.ASSIGNED)
    client = client_of(world.people["lead contact"])
    client.post(address("reply", at.proposal), {**FORM, "text": "第一个窗口写的。", "save": "1", "version": "0"})
    answer = client.post(
        address("reply", at.proposal), {**FORM, "text": "第二个窗口写的。", "save": "1", "version": "0"}
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "第二个窗口写的。" in page
    assert "第一个窗口写的。" in page
    assert at.proposal.replies.get().text == "第一个窗口写的。"


def test_a_reply_that_went_on_meanwhile_is_not_overwritten(world: World) -> None:
    at = world.scene(ProposalState.ASSIGNED)
    client = client_of(world.people["lead contact"])
    for _twice in range(2):
        answer = client.post(address("reply", at.proposal), {**FORM, "hand_in": "1", "version": "0"})
    assert answer.status_code == 409
    assert world.people["lead contact"].name in answer.content.decode()
    assert at.proposal.moves.filter(action="reply").count() == 1
    assert Reply.objects.count() == 1


def test_an_incomplete_reply_comes_back_with_what_was_typed(world: World) -> None:
    at = world.scene(ProposalState.ASSIGNED)
    client = client_of(world.people["lead contact"])
    for kind, field in (("planned", "promised_on"), ("cannot", "reason")):
        answer = client.post(address("reply", at.proposal), {**FORM, "kind": kind, "hand_in": "1", "version": "0"})
        assert answer.status_code == 422
        assert FORM["text"] in answer.content.decode()
        assert f"#id_{field}" in answer.content.decode()
    assert not Reply.objects.exists()


def test_a_late_reply_is_accepted_and_counts_as_late(world: World) -> None:
    at = world.scene(ProposalState.ASSIGNED)
    client = client_of(world.people["lead contact"])
    client.get(address("proposal", at.proposal))
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Proposal.objects.filter(pk=at.proposal.pk).update(due_on=yesterday)
    assert "逾期" in client.get(reverse("congress:departments")).content.decode()
    assert client.post(address("reply", at.proposal), {**FORM, "hand_in": "1", "version": "0"}).status_code == 302
    client_of(world.people["lead's leader"]).post(address("sign", at.proposal))
    at.proposal.refresh_from_db()
    assert at.proposal.answered_on is not None
    assert at.proposal.due_on is not None
    assert at.proposal.answered_on > at.proposal.due_on


def test_notes_are_read_by_all_departments_of_the_proposal(world: World) -> None:
    at = world.scene(ProposalState.ASSIGNED)
    client = client_of(world.people["supporting contact"])
    assert client.post(address("note", at.proposal), {"note": "经费已落实。"}).status_code == 302
    assert (
        "经费已落实。" in client_of(world.people["lead contact"]).get(address("proposal", at.proposal)).content.decode()
    )
    assert client.post(address("note", at.proposal), {"note": "  "}).status_code == 422


def test_an_extension_is_asked_once_and_before_the_deadline(world: World) -> None:
    at = world.scene(ProposalState.ASSIGNED)
    client = client_of(world.people["lead contact"])
    asked = {"until": f"{timezone.localdate() + dt.timedelta(days=90):%Y-%m-%d}", "reason": "需要招标。"}
    assert (
        client_of(world.people["supporting contact"]).post(address("extension", at.proposal), asked).status_code == 403
    )
    assert client.post(address("extension", at.proposal), asked).status_code == 302
    assert client.post(address("extension", at.proposal), asked).status_code == 409
    extension = Extension.objects.get()
    office = client_of(world.people["office"])
    decide = reverse("admin:congress_proposal_decide_extension", args=[at.proposal.pk])
    answer = office.post(decide, {"decision": "grant", "until": asked["until"], "answer": ""})
    assert answer.status_code == 302
    extension.refresh_from_db()
    at.proposal.refresh_from_db()
    assert extension.state == ExtensionState.GRANTED
    assert f"{at.proposal.due_on}" == asked["until"]
    Proposal.objects.filter(pk=at.proposal.pk).update(due_on=timezone.localdate() - dt.timedelta(days=1))
    assert client.post(address("extension", at.proposal), asked).status_code == 422


def test_a_promise_is_followed_up_after_it_was_rated(world: World) -> None:
    at = world.scene(ProposalState.ASSIGNED)
    day = timezone.localdate() + dt.timedelta(days=30)
    draft = replies.Draft(kind=ReplyKind.PLANNED, text="列入计划。", promised_on=day)
    replies.hand_in(proposal=at.proposal, department=world.lead, draft=draft, actor=world.people["lead contact"])
    replies.sign(proposal=at.proposal, actor=world.people["lead's leader"])
    assert FollowUp.objects.get().due_on == day
    put(Proposal.objects.filter(pk=at.proposal.pk), ProposalState.CLOSED)
    client = client_of(world.people["lead contact"])
    later = day + dt.timedelta(days=30)
    moved = {"outcome": "move", "text": "招标延后。", "until": f"{later:%Y-%m-%d}"}
    assert client.post(address("promise", at.proposal), {**moved, "until": ""}).status_code == 422
    assert client.post(address("promise", at.proposal), moved).status_code == 302
    assert client.post(address("promise", at.proposal), {"outcome": "keep", "text": "已完成。"}).status_code == 302
    assert client.post(address("promise", at.proposal), {"outcome": "keep", "text": "已完成。"}).status_code == 409
    states = list(FollowUp.objects.order_by("pk").values_list("state", flat=True))
    assert states == [FollowUpState.MOVED, FollowUpState.KEPT]
    assert client_of(world.people["supporting contact"]).post(address("promise", at.proposal), moved).status_code == 403


def many(world: World, count: int) -> None:
    drive = drives.drive(of=sessions.session(world.congress))
    today = timezone.localdate()
    fields: dict[str, Any] = {
        "drive": drive,
        "congress": world.congress,
        "proposer": world.delegate,
        "submitted_at": timezone.now(),
        "due_on": today,
        "outcome": "filed",
        "state": ProposalState.ASSIGNED,
    }
    made = Proposal.objects.bulk_create(
        Proposal(number=f"{drive.code}-{one:03d}", title=f"第{one}件提案", **fields) for one in range(count)
    )
    Assignment.objects.bulk_create(
        Assignment(proposal=one, department=department, duty=duty)
        for one in made
        for department, duty in ((world.lead, Duty.LEAD), (world.support, Duty.SUPPORT))
    )


@pytest.mark.parametrize("role", ["lead contact", "office"])
def test_lists_take_a_fixed_number_of_queries(world: World, role: str) -> None:

    client = client_of(world.people[role])
    place = reverse("congress:departments") if role == "lead contact" else reverse("admin:congress_proposal_changelist")
    taken = []
    many(world, 20)
    client.get(place)
    for more in (0, 480):
        many(world, more)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(place).status_code == 200
        taken.append(len(queries))
    assert taken[0] == taken[1], taken
    assert taken[0] < 60


def test_who_answers_for_no_department_any_more_finds_the_desk_closed(world: World) -> None:
    at = world.scene(ProposalState.ASSIGNED)
    user = world.people["lead contact"]
    world.lead.posts.filter(duty=DepartmentDuty.CONTACT).update(valid_to=timezone.localdate() - dt.timedelta(days=1))
    client = client_of(user)
    assert client.get(reverse("congress:departments")).status_code == 404
    assert client.post(address("reply", at.proposal), {**FORM, "hand_in": "1"}).status_code == 404
    assert Assignment.objects.filter(proposal=at.proposal).count() == 2


pytestmark = pytest.mark.django_db
