"""Seconding, checking, withdrawing and rating over HTTP; papers; what all members read; queries of lists."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from congress.delegates.models import Delegate
from congress.drives.enums import Publication
from congress.drives.models import ProposalDrive
from congress.handling.models import Reply
from congress.proposals.enums import ProposalState, SecondingState
from congress.proposals.models import Proposal, Seconding
from congress.proposals.services import drafting, seconding
from congress.proposals.services.authorship import Authorship
from congress.ratings.models import Rating
from congress.ratings.renderers import render_form
from tests.factories import bodies, delegates, departments, drives, members, papers, proposals
from tests.factories.proposals import WORDS, asked, author, body_of, drafted, own, phone, seconded, submit, url, user_of
from union_portal.base.paper import check_text

# Seconding


def test_a_delegate_of_another_body_cannot_be_asked_by_a_forged_number() -> None:
    proposal = drafted()
    foreign = delegates.delegate(of=bodies.congress())
    answer = own(proposal).post(url("proposal_invite", proposal.pk), {"seconders": [foreign.pk]})
    assert answer.status_code == 422
    assert not proposal.secondings.exists()
    himself = own(proposal).post(url("proposal_invite", proposal.pk), {"seconders": [proposal.proposer_id]})
    assert himself.status_code == 422


def test_a_seconder_who_lost_his_mandate_cannot_sign() -> None:
    proposal = drafted()
    one = asked(proposal)
    Delegate.objects.filter(pk=one.delegate_id).update(
        valid_to=timezone.localdate() - dt.timedelta(days=1), ended_by="left"
    )
    answer = phone(one.delegate.person.user).post(
        url("proposal_second", proposal.pk), {"answer": "accept", "version": proposal.version}
    )
    assert answer.status_code == 422
    one.refresh_from_db()
    assert one.state == SecondingState.INVITED


def test_a_text_changed_while_it_was_read_is_not_signed_and_the_words_stay() -> None:
    proposal = drafted()
    one = asked(proposal)
    client, read = phone(one.delegate.person.user), proposal.version
    drafting.edit(
        proposal=proposal, **{**WORDS, "grounds": "全新的理由"}, title="新案由", category=None, version=None, actor=None
    )
    data = {"answer": "accept", "version": read, "why": "很有必要"}
    answer = client.post(url("proposal_second", proposal.pk), data)
    assert answer.status_code == 409
    assert "全新的理由" in answer.content.decode()
    assert "很有必要" in answer.content.decode()
    one.refresh_from_db()
    assert one.state == SecondingState.INVITED


def test_declining_leads_back_and_a_second_click_changes_nothing() -> None:
    proposal = drafted()
    one = asked(proposal)
    client = phone(one.delegate.person.user)
    for _click in range(2):
        answer = client.post(url("proposal_second", proposal.pk), {"answer": "decline", "version": proposal.version})
        assert answer["Location"] == url("proposals")
    one.refresh_from_db()
    assert one.state == SecondingState.DECLINED


# The delegation's head


def test_the_head_checks_the_own_delegations_proposals_only() -> None:
    drive = drives.drive(precheck=True, min_seconders=0)
    body = body_of(drive)
    head, other = delegates.delegate(of=body), delegates.delegate(of=body)
    group = delegates.delegation(of=body, head=head)
    delegates.delegation(of=body, head=other)
    proposal = drafted(by=author(drive, delegation=group))
    submit(proposal)
    assert phone(user_of(other)).post(url("proposal_check", proposal.pk), {"answer": "pass"}).status_code == 404
    client = phone(user_of(head))
    refused = client.post(url("proposal_check", proposal.pk), {"answer": "return", "why": ""})
    assert refused.status_code == 422
    for _click in range(2):
        assert client.post(url("proposal_check", proposal.pk), {"answer": "pass"})["Location"] == url("proposals")
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.SUBMITTED


def test_the_delegation_as_a_body_proposes_through_its_head() -> None:
    drive = drives.drive()
    body = body_of(drive)
    head = delegates.delegate(of=body)
    group = delegates.delegation(of=body, head=head)
    client = phone(user_of(head))
    way = Authorship(drive, body, head, group)
    client.post(url("proposal_new"), {"author": way.key, "title": "集体", "category": drives.category().pk, **WORDS})
    proposal = Proposal.objects.get(as_body=True)
    client.post(url("proposal_submit", proposal.pk), {"version": proposal.version})
    proposal.refresh_from_db()
    assert (proposal.state, proposal.delegation) == (ProposalState.SUBMITTED, group)


# Withdrawing, rating


def test_withdrawing_asks_for_a_reason_once_submitted() -> None:
    proposal = submit(drafted(drives.drive(min_seconders=0)))
    client = own(proposal)
    data = {"version": proposal.version}
    assert client.post(url("proposal_withdraw", proposal.pk), data).status_code == 422
    assert client.post(url("proposal_withdraw", proposal.pk), {**data, "why": "已解决"}).status_code == 302
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.WITHDRAWN


def answered() -> tuple[Proposal, Reply]:
    proposal = proposals.proposal(state=ProposalState.ANSWERED, rate_by=timezone.localdate())
    reply = Reply.objects.create(
        proposal=proposal,
        kind="done",
        text="已更换灯具。",
        state="sent",
        sent_at=timezone.now(),
        department=departments.department(),
    )
    return proposal, reply


def test_only_the_proposer_rates_and_only_once() -> None:
    proposal, reply = answered()
    signer = delegates.delegate(of=proposal.congress)
    Seconding.objects.create(proposal=proposal, delegate=signer, state=SecondingState.ACCEPTED)
    data = {"grade": "satisfied", "words": "", "version": reply.version}
    assert phone(signer.person.user).post(url("proposal_rate", proposal.pk), data).status_code == 404
    client = own(proposal)
    assert "已更换灯具" in client.get(url("proposal", proposal.pk)).content.decode()
    assert client.post(url("proposal_rate", proposal.pk), {"version": reply.version}).status_code == 422
    assert client.post(url("proposal_rate", proposal.pk), data).status_code == 302
    assert client.post(url("proposal_rate", proposal.pk), {**data, "grade": "dissatisfied"}).status_code == 409
    assert Rating.objects.get().grade == "satisfied"


# Papers


def test_the_scan_is_given_to_its_author_and_the_office() -> None:
    proposal = proposals.proposal(state=ProposalState.SUBMITTED, scan=papers.sent("form.pdf"))
    answer = own(proposal).get(url("proposal_scan", proposal.pk))
    assert b"".join(answer.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    assert answer["Content-Type"] == "application/pdf"


def test_the_form_is_printed_with_its_texts_and_seconders() -> None:
    proposal = drafted()
    signers = seconded(proposal)
    answer = own(proposal).get(url("proposal_form", proposal.pk))
    assert answer["Content-Type"] == "application/pdf"
    check_text(render_form(proposal), proposal.title + WORDS["grounds"] + signers[0].person.name)


def test_the_form_says_which_character_no_font_can_draw() -> None:
    proposal = drafted(title="食堂👍改造")
    answer = own(proposal).get(url("proposal_form", proposal.pk))
    assert answer.status_code == 422
    assert "👍（U+1F44D，见“食堂👍改造”）" in answer.content.decode()


# What all members read


def test_members_read_what_is_published_and_no_more() -> None:
    client = phone(members.account(of=members.member()))
    closed = proposals.proposal(drive=drives.drive(published=Publication.NOTHING), state=ProposalState.FILED)
    titles = proposals.proposal(drive=drives.drive(published=Publication.STATE), state=ProposalState.FILED)
    whole = proposals.proposal(drive=drives.drive(published=Publication.REPLY), state=ProposalState.FILED)
    declined = proposals.proposal(drive=whole.drive, congress=whole.congress, state=ProposalState.DECLINED)
    listed = client.get(url("published")).content.decode()
    for proposal, shown in ((closed, False), (titles, True), (whole, True), (declined, False)):
        assert (proposal.title in listed) is shown
        answer = client.get(url("published_proposal", proposal.pk))
        assert answer.status_code == (200 if shown else 404)
        assert client.get(url("proposal", proposal.pk)).status_code == 404
    assert titles.grounds not in client.get(url("published_proposal", titles.pk)).content.decode()
    assert whole.grounds in client.get(url("published_proposal", whole.pk)).content.decode()


def fill(drive: ProposalDrive, count: int, proposer: Delegate) -> None:
    today = timezone.now()
    Proposal.objects.bulk_create(
        Proposal(
            drive=drive,
            congress=body_of(drive),
            proposer=proposer,
            title=f"提案{number}",
            number=f"{drive.code}-{number:03d}",
            submitted_at=today,
            state=ProposalState.FILED,
            outcome="filed",
            recorded=True,
        )
        for number in range(1, count + 1)
    )


def test_lists_take_the_same_queries_for_ten_and_two_hundred() -> None:
    counts: dict[str, list[int]] = {"proposals": [], "published": [], "home": []}
    for size in (10, 200):
        drive = drives.drive()
        one = delegates.delegate(of=body_of(drive))
        fill(drive, size, one)
        for number in range(size // 10):
            asking = drafted(by=author(drive), title=f"请附议{number}")
            seconding.invite(proposal=asking, delegates=[one], actor=None)
        client = phone(user_of(one))
        for name, address in (("proposals", url("proposals")), ("published", url("published")), ("home", "/")):
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            counts[name].append(len(queries))
    assert all(few == many for few, many in counts.values()), counts
    assert max(many for _few, many in counts.values()) < 40, counts


def test_what_waits_is_on_the_members_page() -> None:
    proposal = drafted()
    one = asked(proposal)
    page = phone(one.delegate.person.user).get("/").content.decode()
    assert proposal.title in page
    assert url("proposal", proposal.pk) in page
    assert url("proposals") in page
    stranger = phone(members.account(of=members.member())).get("/").content.decode()
    assert proposal.title not in stranger
    assert url("proposals") not in stranger


pytestmark = pytest.mark.django_db
