"""Delegates' pages over HTTP: who opens what, what a stale tab keeps, what a second click does."""

import pytest

from congress.delegates.enums import Seat
from congress.proposals.enums import ProposalState, SecondingState
from congress.proposals.models import Proposal, Seconding
from tests.factories import bodies, delegates, drives, members, proposals
from tests.factories.proposals import (
    WORDS,
    asked,
    author,
    body_of,
    close,
    drafted,
    own,
    phone,
    seconded,
    submit,
    url,
    user_of,
    values,
)

# Writing


def test_a_delegate_writes_invites_and_submits_on_the_phone() -> None:
    drive = drives.drive(code="2031", min_seconders=1)
    whose = author(drive)
    client, colleague = phone(user_of(whose.delegate)), delegates.delegate(of=body_of(drive))
    form = client.get(url("proposal_new")).context["form"]
    assert str(drive) not in str(form["author"])
    data = {"author": form["author"].value(), "title": "关于灯具的提案", "category": drives.category().pk, **WORDS}
    answer = client.post(url("proposal_new"), {**data, "next": "invite"})
    proposal = Proposal.objects.get(drive=drive)
    assert answer["Location"] == url("proposal_invite", proposal.pk)
    found = client.get(url("proposal_invite", proposal.pk), {"q": colleague.person.search_key.split()[-1][:4]})
    assert colleague in found.context["found"]
    client.post(url("proposal_invite", proposal.pk), {"seconders": [colleague.pk]})
    signer = phone(colleague.person.user)
    assert WORDS["grounds"] in signer.get(url("proposal", proposal.pk)).content.decode()
    signer.post(url("proposal_second", proposal.pk), {"answer": "accept", "version": proposal.version})
    assert client.get(url("proposal_submit", proposal.pk)).status_code == 200
    for _click in range(2):
        said = client.post(url("proposal_submit", proposal.pk), {"version": proposal.version}, follow=True)
        assert "2031-001" in said.content.decode()
    proposal.refresh_from_db()
    assert (proposal.state, proposal.number) == (ProposalState.SUBMITTED, "2031-001")
    assert proposal.moves.filter(action="submit").count() == 1


def test_who_is_no_delegate_cannot_propose_nor_see_a_form() -> None:
    drive = drives.drive()
    member = members.account(of=members.member())
    guest = user_of(delegates.delegate(of=body_of(drive), seat=Seat.GUEST))
    for user in (member, guest):
        client = phone(user)
        assert client.get(url("proposal_new")).status_code == 403
        answer = client.post(url("proposal_new"), {"author": f"{drive.pk}-d1", "title": "x", **WORDS})
        assert answer.status_code == 403
        assert WORDS["grounds"] in answer.content.decode()
    assert not Proposal.objects.exists()


def test_nobody_proposes_in_another_delegates_name() -> None:
    drive = drives.drive()
    one, other = author(drive), author(drive)
    answer = phone(user_of(one.delegate)).post(url("proposal_new"), {"author": other.key, "title": "冒名", **WORDS})
    assert answer.status_code == 422
    assert not Proposal.objects.exists()


def test_an_invalid_form_comes_back_with_every_word() -> None:
    whose = author(drives.drive())
    answer = phone(user_of(whose.delegate)).post(url("proposal_new"), {"author": whose.key, "title": "", **WORDS})
    assert answer.status_code == 422
    assert WORDS["grounds"] in answer.content.decode()
    assert WORDS["measures"] in answer.content.decode()


def test_a_drive_that_closes_while_the_form_is_open_keeps_the_text_and_makes_a_suggestion() -> None:
    drive = drives.drive()
    whose = author(drive)
    client = phone(user_of(whose.delegate))
    assert client.get(url("proposal_new")).status_code == 200
    close(drive)
    client.post(url("proposal_new"), {"author": whose.key, "title": "最后一刻的提案", **WORDS})
    proposal = Proposal.objects.get(drive=drive)
    assert client.get(url("proposal_submit", proposal.pk)).context["late"]
    said = client.post(url("proposal_submit", proposal.pk), {"version": proposal.version}, follow=True)
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.LATE
    assert "意见建议" in said.content.decode()
    assert client.get(url("proposal_new")).status_code == 403


def test_a_drive_that_closes_while_the_submit_page_is_open_says_so_and_loses_nothing() -> None:
    proposal = drafted(drives.drive(min_seconders=0))
    client = own(proposal)
    assert not client.get(url("proposal_submit", proposal.pk)).context["late"]
    close(proposal.drive)
    said = client.post(url("proposal_submit", proposal.pk), {"version": proposal.version}, follow=True)
    assert "意见建议" in said.content.decode()
    assert list(Proposal.objects.advice()) == [proposal]


def test_a_stale_tab_shows_what_was_typed_beside_what_stands() -> None:
    proposal = drafted()
    client = own(proposal)
    client.post(url("proposal_edit", proposal.pk), values(proposal, grounds="第一个窗口的文字"))
    stale = client.post(url("proposal_edit", proposal.pk), values(proposal, grounds="第二个窗口的文字"))
    page = stale.content.decode()
    assert stale.status_code == 409
    assert "第一个窗口的文字" in page
    assert "第二个窗口的文字" in page
    proposal.refresh_from_db()
    assert proposal.grounds == "第一个窗口的文字"
    again = values(proposal, grounds="第二个窗口的文字", version=stale.context["form"]["version"].value())
    assert client.post(url("proposal_edit", proposal.pk), again).status_code == 302
    proposal.refresh_from_db()
    assert proposal.grounds == "第二个窗口的文字"


def test_what_was_typed_after_another_tab_submitted_is_shown_but_not_saved() -> None:
    proposal = drafted(drives.drive(min_seconders=0))
    submit(proposal)
    answer = own(proposal).post(url("proposal_edit", proposal.pk), values(proposal, grounds="迟到的补充"))
    assert answer.status_code == 409
    assert "迟到的补充" in answer.content.decode()
    proposal.refresh_from_db()
    assert proposal.grounds == WORDS["grounds"]


def test_the_form_warns_of_signatures_before_they_lapse() -> None:
    proposal = drafted()
    seconded(proposal)
    client = own(proposal)
    assert "2 位" in client.get(url("proposal_edit", proposal.pk)).content.decode()
    said = client.post(url("proposal_edit", proposal.pk), values(proposal, measures="换一种办法"), follow=True)
    assert "2" in said.content.decode()
    assert proposal.secondings.filter(state=SecondingState.LAPSED).count() == 2


def test_incomplete_proposals_are_refused_on_their_page() -> None:
    proposal = drafted()
    answer = own(proposal).post(url("proposal_submit", proposal.pk), {"version": proposal.version})
    assert answer.status_code == 422
    assert answer.context["error"]
    stale = own(proposal).post(url("proposal_submit", proposal.pk), {"version": 77})
    assert stale.status_code == 409


# Strangers


@pytest.mark.parametrize("state", [ProposalState.DRAFT, ProposalState.SECONDING, ProposalState.SUBMITTED])
def test_a_stranger_finds_nothing_whatever_he_asks(state: ProposalState) -> None:
    proposal = proposals.proposal(state=state)
    Proposal.objects.filter(pk=proposal.pk).update(scan="proposal-forms/x.pdf")
    waiting = Seconding.objects.create(proposal=proposal, delegate=delegates.delegate(of=proposal.congress))
    strangers = [
        members.account(of=members.member()),
        user_of(delegates.delegate(of=proposal.congress)),
        user_of(delegates.delegate(of=bodies.congress())),
    ]
    for stranger in strangers:
        client = phone(stranger)
        for name in ("proposal", "proposal_edit", "proposal_invite", "proposal_submit", "proposal_withdraw",
                     "proposal_form", "proposal_scan"):  # fmt: skip
            assert client.get(url(name, proposal.pk)).status_code == 404, name
        for name in ("proposal_edit", "proposal_submit", "proposal_withdraw", "proposal_check", "proposal_rate",
                     "proposal_second", "proposal_invite"):  # fmt: skip
            answer = client.post(url(name, proposal.pk), {"answer": "accept", "why": "x", "version": 0})
            assert answer.status_code == 404, name
        assert client.post(url("proposal_take_back", proposal.pk, waiting.pk)).status_code == 404
    proposal.refresh_from_db()
    assert proposal.state == state


def test_the_office_reads_what_was_submitted_and_no_drafts() -> None:
    client = phone(bodies.officer())
    assert client.get(url("proposal", proposals.proposal(state=ProposalState.DRAFT).pk)).status_code == 404


def test_a_seconder_reads_but_does_not_write() -> None:
    proposal = drafted()
    client = phone(asked(proposal).delegate.person.user)
    assert client.get(url("proposal", proposal.pk)).status_code == 200
    for name in ("proposal_edit", "proposal_submit", "proposal_withdraw", "proposal_invite"):
        assert client.post(url(name, proposal.pk), values(proposal)).status_code == 404


pytestmark = pytest.mark.django_db
