"""Signed papers at the desk over HTTP: the proposal form, the same form mended, a department's reply."""

import datetime as dt
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from congress.drives.models import ProposalDrive
from congress.handling.enums import Grade, ReplyState
from congress.handling.models import Assignment, Reply
from congress.proposals.enums import ProposalState, SecondingState
from congress.proposals.models import Proposal
from congress.ratings import services as ratings
from congress.review import services as review
from congress.review.enums import Decision
from tests.congress.handling.scenes import Scene, World
from tests.factories import bodies, delegates, departments, drives, papers, proposals
from tests.factories.proposals import WORDS, body_of, own, phone, url
from union_portal.accounts.enums import Access
from union_portal.accounts.models import AccessEntry

TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def _plain(settings: Any, tmp_path: Any) -> None:
    settings.PORTAL_STAFF_TOTP = False
    settings.MEDIA_ROOT = tmp_path


def scan(name: str = "scan.pdf", pages: int = 1) -> SimpleUploadedFile:
    return papers.sent(name, papers.pdf(pages))


def pages_of(response: Any) -> int:
    return len(PdfReader(io.BytesIO(content_of(response))).pages)


def content_of(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def moment(when: dt.datetime) -> dict[str, str]:
    local = timezone.localtime(when)
    return {"received_at_0": f"{local:%Y.%m.%d}", "received_at_1": f"{local:%H:%M}"}


# The proposal form


def form_of(drive: ProposalDrive, **fields: Any) -> dict[str, Any]:
    body = body_of(drive)
    seconders = [delegates.delegate(of=body) for _ in range(2)]
    return {
        "congress": body.pk,
        "proposer": delegates.delegate(of=body).person.staff_number,
        "seconders": "、".join(str(one.person.staff_number) for one in seconders),
        "title": "关于增设哺乳室的提案",
        "category": drives.category().pk,
        **moment(timezone.now() - dt.timedelta(hours=2)),
        **WORDS,
        **fields,
    }


def enter(drive: ProposalDrive, by: Client | None = None, **fields: Any) -> Any:
    place = reverse("admin:congress_proposaldrive_enter_paper", args=[drive.pk])
    return (by or phone(bodies.officer())).post(place, {"scan": scan(), **form_of(drive, **fields)})


def test_the_office_enters_the_paper_form_with_number_signatures_and_scan() -> None:
    drive = drives.drive(code="2033")
    page = phone(bodies.officer()).get(reverse("admin:congress_proposaldrive_enter_paper", args=[drive.pk]))
    assert page.status_code == 200
    for words in ("案由", "附议", "扫描件", "multipart/form-data"):
        assert words in page.content.decode(), words
    assert enter(drive).status_code == 302
    made = Proposal.objects.get()
    assert (made.number, made.state, made.on_paper) == ("2033-001", ProposalState.SUBMITTED, True)
    assert made.secondings.filter(state=SecondingState.ACCEPTED, on_paper=True).count() == 2
    assert made.moves.get().reason == "纸质签名提案表"
    seen = own(made).get(url("proposal_scan", made.pk))
    assert pages_of(seen) == 1
    assert AccessEntry.objects.filter(action=Access.DOWNLOAD, kind="congress.proposal").exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("proposer", "查无此人"),
        ("proposer", ""),
        ("seconders", "查无此人"),
        ("scan", ""),
        ("scan", papers.sent("scan.exe", b"MZ")),
        ("received_at_0", f"{timezone.localdate() + dt.timedelta(days=2)}"),
        ("received_at_0", "昨天"),
    ],
)
def test_a_wrong_part_comes_back_at_its_field_with_the_rest_kept(field: str, value: Any) -> None:
    answer = enter(drives.drive(), **{field: value})
    assert answer.status_code == 422
    assert WORDS["grounds"] in answer.content.decode()
    assert f'href="#id_{field}"' in answer.content.decode()
    assert not Proposal.objects.exists()


def test_nobody_but_the_office_enters_papers() -> None:
    drive = drives.drive()
    for user in (
        bodies.leader(),
        delegates.delegate(of=body_of(drive)).person.user,
        departments.post(of=departments.department()),
    ):
        assert enter(drive, phone(user)).status_code in {302, 403}
    assert not Proposal.objects.exists()


# The same form, mended


def returned(drive: ProposalDrive) -> Proposal:
    enter(drive)
    made = Proposal.objects.get()
    review.review(proposal=made, decision=Decision.RETURN, reason="请写明地点", actor=bodies.officer())
    made.refresh_from_db()
    return made


def again(made: Proposal, **fields: Any) -> Any:
    signed = made.secondings.given().select_related("delegate__person")
    typed = {
        "version": made.version,
        "seconders": "、".join(str(one.delegate.person.staff_number) for one in signed),
        "title": made.title,
        "category": made.category_id,
        "grounds": made.grounds,
        "measures": "请在一号楼、三号楼各设一间。",
        **moment(timezone.now()),
        "scan": scan("again.pdf", 2),
        **fields,
    }
    return phone(bodies.officer()).post(reverse("admin:congress_proposal_resubmit_paper", args=[made.pk]), typed)


def test_a_returned_paper_form_is_entered_mended_under_its_number() -> None:
    made = returned(drives.drive())
    number, first = made.number, made.scan.name
    page = phone(bodies.officer()).get(reverse("admin:congress_proposal_resubmit_paper", args=[made.pk]))
    assert made.grounds in page.content.decode()
    assert again(made).status_code == 302
    made.refresh_from_db()
    assert (made.state, made.number, made.measures) == (
        ProposalState.SUBMITTED,
        number,
        "请在一号楼、三号楼各设一间。",
    )
    assert made.scan.name != first
    assert made.secondings.filter(state=SecondingState.LAPSED).count() == 2
    assert made.secondings.given().filter(on_paper=True).count() == 2
    assert "纸质" in made.moves.latest("pk").reason
    # It is decided on as any other.
    review.review(proposal=made, decision=Decision.FILE, actor=bodies.officer())


def test_a_mended_form_needs_its_signatures_its_scan_and_the_version_that_was_returned() -> None:
    made = returned(drives.drive())
    for wrong in ({"seconders": ""}, {"scan": ""}, {"version": made.version + 7}, {"measures": " "}):
        answer = again(made, **wrong)
        assert answer.status_code == 422, wrong
        assert made.title in answer.content.decode()
    made.refresh_from_db()
    assert made.state == ProposalState.RETURNED
    assert again(made).status_code == 302
    assert again(made).status_code == 422
    assert made.moves.filter(action="submit_again").count() == 1


def test_what_was_written_in_the_portal_is_not_mended_on_paper() -> None:
    made = proposals.proposal(state=ProposalState.RETURNED, category=drives.category())
    assert again(made, seconders="").status_code == 422
    made.refresh_from_db()
    assert made.state == ProposalState.RETURNED


# A department's reply


def scene(world: World, state: ProposalState = ProposalState.ASSIGNED) -> Scene:
    at = world.scene(state)
    Assignment.objects.filter(proposal=at.proposal).update(assigned_at=timezone.now() - dt.timedelta(days=20))
    return at


def reply_on_paper(at: Scene, by: str = "office", **fields: Any) -> Any:
    typed = {
        "kind": "done",
        "text": "已在一号楼增设哺乳室。",
        "reason": "",
        "promised_on": "",
        "received_on": f"{TODAY - dt.timedelta(days=2)}",
        "signed_by": "后勤处 处长 高明",
        "scan": scan("reply.pdf", 3),
        **fields,
    }
    place = reverse("admin:congress_proposal_enter_paper_reply", args=[at.proposal.pk])
    return phone(at.people[by]).post(place, typed)


@pytest.mark.parametrize("state", [ProposalState.ASSIGNED, ProposalState.REHANDLING, ProposalState.SIGNING])
def test_a_signed_paper_reply_goes_to_the_proposer_marked_as_entered_on_behalf(
    world: World, state: ProposalState
) -> None:
    at = scene(world, state)
    before = at.proposal.round
    assert reply_on_paper(at).status_code == 302
    at.proposal.refresh_from_db()
    day = TODAY - dt.timedelta(days=2)
    assert (at.proposal.state, at.proposal.answered_on) == (ProposalState.ANSWERED, day)
    assert at.proposal.rate_by == TODAY + dt.timedelta(days=at.proposal.drive.feedback_days)
    reply = at.proposal.replies.get(round=before)
    assert (reply.state, reply.on_paper, reply.written_by) == (ReplyState.SENT, True, at.people["office"])
    assert (reply.department, reply.signed_by) == (at.lead, None)
    assert timezone.localdate(reply.sent_at) == day
    assert "高明" in at.proposal.moves.latest("pk").reason
    assert at.people["office"] == at.proposal.moves.latest("pk").actor
    for role, place in (
        ("office", reverse("admin:congress_proposal_change", args=[at.proposal.pk])),
        ("lead contact", reverse("congress:department_proposal", args=[at.proposal.pk])),
        ("author", url("proposal", at.proposal.pk)),
    ):
        page = phone(at.people[role]).get(place).content.decode()
        for words in ("高明", "代为录入", at.people["office"].name):
            assert words in page, (role, words)
        seen = phone(at.people[role]).get(url("proposal_reply_scan", reply.pk))
        assert pages_of(seen) == 3, role
    scan_of_it = url("proposal_reply_scan", reply.pk)
    assert phone(at.people["other contact"]).get(scan_of_it).status_code == 404
    # The later steps are as usual.
    ratings.rate(reply=reply, grade=Grade.SATISFIED, person=at.delegate.person, actor=at.people["author"])
    at.proposal.refresh_from_db()
    assert at.proposal.state == ProposalState.CLOSED


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("received_on", f"{TODAY + dt.timedelta(days=1)}"),
        ("received_on", f"{TODAY - dt.timedelta(days=40)}"),
        ("signed_by", " "),
        ("scan", ""),
        ("text", ""),
        ("kind", "planned"),
        ("kind", "cannot"),
    ],
)
def test_an_incomplete_paper_reply_is_refused_at_its_field(world: World, field: str, value: str) -> None:
    at = scene(world)
    answer = reply_on_paper(at, **{field: value})
    assert answer.status_code == 422
    assert "#id_" in answer.content.decode()
    assert not Reply.objects.exists()


def test_a_paper_reply_gives_way_to_nobody_elses_and_is_entered_once(world: World) -> None:
    at = scene(world)
    for role in ("chair", "audit", "lead contact", "author"):
        assert reply_on_paper(at, by=role).status_code in {302, 403}, role
    assert not Reply.objects.exists()
    assert reply_on_paper(at).status_code == 302
    second = reply_on_paper(at)
    assert second.status_code == 422
    assert at.people["office"].name in second.content.decode()
    assert Reply.objects.count() == 1


pytestmark = pytest.mark.django_db
