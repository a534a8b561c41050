"""What a page that stood open too long, or a sender of garbage, may not do; and that neither meets a broken page."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from congress.handling.enums import ReplyKind
from congress.handling.services import replies
from congress.proposals.enums import ProposalState, SecondingState
from congress.proposals.models import Proposal
from congress.proposals.services import submitting
from tests.congress.handling.scenes import Scene, World, new_world
from tests.factories import delegates, drives, members
from tests.factories.proposals import asked, author, body_of, drafted, own, phone, submit, url, user_of
from union_portal.accounts.enums import Role

DIGITS = "9" * 5000


@pytest.fixture
def world(settings: Any) -> World:
    settings.PORTAL_STAFF_TOTP = False
    return new_world()


def hand_in(at: Scene, world: World, text: str) -> None:
    draft = replies.Draft(kind=ReplyKind.DONE, text=text)
    replies.hand_in(proposal=at.proposal, department=world.lead, draft=draft, actor=world.people["lead contact"])


def version_in(page: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found is not None
    return found[1]


def test_a_leader_signs_only_the_reply_that_was_read(world: World) -> None:
    at = world.scene(ProposalState.ASSIGNED)
    leader = world.people["lead's leader"]
    hand_in(at, world, "第一稿。")
    page = url("department_proposal", at.proposal.pk)
    read = version_in(phone(leader).get(page).content.decode())
    replies.return_reply(proposal=at.proposal, actor=leader, reason="请写明时间。")
    hand_in(at, world, "第二稿，领导没有看过。")
    told = phone(leader).post(url("department_sign", at.proposal.pk), {"version": read}, follow=True)
    assert "第二稿，领导没有看过。" in told.content.decode()
    sent_back = phone(leader).post(url("department_return", at.proposal.pk), {"version": read, "reason": "再改。"})
    assert sent_back.status_code == 409
    at.proposal.refresh_from_db()
    assert at.proposal.state == ProposalState.SIGNING
    now = version_in(told.content.decode())
    assert phone(leader).post(url("department_sign", at.proposal.pk), {"version": now}).status_code == 302
    at.proposal.refresh_from_db()
    assert at.proposal.state == ProposalState.ANSWERED


def test_a_draft_overtaken_by_a_colleague_can_be_saved_after_comparing(world: World) -> None:
    at = world.scene(ProposalState.ASSIGNED)
    client, place = phone(world.people["lead contact"]), url("department_reply", at.proposal.pk)
    typed = {"kind": "done", "promised_on": "", "reason": "", "save": "1", "version": "0"}
    client.post(place, {**typed, "text": "第一个窗口写的。"})
    late = client.post(place, {**typed, "text": "第二个窗口写的。"})
    assert late.status_code == 409
    again = {**typed, "text": "第二个窗口写的。", "version": version_in(late.content.decode())}
    assert client.post(place, again).status_code == 302
    assert at.proposal.replies.get().text == "第二个窗口写的。"


def test_a_withdrawal_overtaken_by_an_edit_can_be_repeated() -> None:
    proposal = drafted()
    client, place = own(proposal), url("proposal_withdraw", proposal.pk)
    late = client.post(place, {"version": proposal.version + 7, "why": "另有安排"})
    assert late.status_code == 409
    page = late.content.decode()
    assert "另有安排" in page
    assert client.post(place, {"version": version_in(page), "why": "另有安排"}).status_code == 302


def test_a_form_without_an_answer_neither_declines_nor_returns() -> None:
    proposal = drafted()
    one = asked(proposal)
    signer = phone(one.delegate.person.user)
    for data in ({}, {"answer": "x"}, {"answer": "decline", "why": "长" * 201}):
        answer = signer.post(url("proposal_second", proposal.pk), {"version": proposal.version, **data})
        assert answer.status_code == 422
    one.refresh_from_db()
    assert one.state == SecondingState.INVITED


def test_a_delegation_passes_on_only_the_text_it_read() -> None:
    drive = drives.drive(precheck=True, min_seconders=0)
    body = body_of(drive)
    head = delegates.delegate(of=body)
    proposal = drafted(by=author(drive, delegation=delegates.delegation(of=body, head=head)))
    submit(proposal)
    proposal.refresh_from_db()
    read, client = proposal.version, phone(user_of(head))
    submitting.return_to_author(proposal=proposal, actor=head.person.user, why="请补充。")
    proposal.refresh_from_db()
    submit(proposal)
    for data in ({"answer": "pass", "version": read}, {"why": "再看看"}):
        assert client.post(url("proposal_check", proposal.pk), data).status_code in {409, 422}
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.PRECHECK


@pytest.mark.parametrize("place", ["congress:committee_proposal", "admin:congress_proposal_review_proposal"])
def test_the_committee_decides_only_on_the_text_it_read(world: World, place: str) -> None:
    at = world.scene(ProposalState.SUBMITTED)
    client = phone(world.people["office" if place.startswith("admin") else "committee"])
    address = reverse(place, args=[at.proposal.pk])
    read = version_in(client.get(address).content.decode())
    Proposal.objects.filter(pk=at.proposal.pk).update(version=int(read) + 1)  # as a resubmission does
    decision = {"decision": "decline", "reason": "不属职权范围。", "version": read}
    late = client.post(address, decision)
    assert late.status_code in {409, 422}
    page = late.content.decode()
    assert "不属职权范围。" in page
    at.proposal.refresh_from_db()
    assert at.proposal.state == ProposalState.SUBMITTED
    assert client.post(address, {**decision, "version": version_in(page)}).status_code == 302
    at.proposal.refresh_from_db()
    assert at.proposal.state == ProposalState.DECLINED


def test_null_characters_endless_numbers_and_the_key_nought_break_no_page(world: World) -> None:
    proposal = drafted()
    client: Client = own(proposal)
    for name in ("published", "answers", "regulations"):
        assert client.get(f"{url(name)}?q=%00").status_code == 400
    assert client.get(f"{url('published')}?session={DIGITS}&category={DIGITS}&page={DIGITS}").status_code == 200
    typed = {"seconders": [DIGITS, "x"], "q": "\x00㛃䶮"}
    assert client.post(url("proposal_invite", proposal.pk), typed).status_code in {302, 422}
    for name in ("proposal_edit", "department_proposal", "department_suggestion", "committee_proposal"):
        assert client.get(url(name, 0)).status_code == 404
    member = phone(world.people["committee"])
    assert member.post(url("committee"), {"chosen": DIGITS, "decision": "file"}).status_code == 422


def test_nobody_is_chosen_beforehand_to_read_a_petition() -> None:
    for role in (Role.WOMEN, Role.CHAIR):
        members.account_with_role(role)
    client = phone(members.account(of=members.member()))
    page = client.get(url("petition_new")).content.decode()
    assert page.count('type="radio"') == 2
    assert "checked" not in page
    assert client.post(url("petition_new"), {"subject": "请假", "text": "经过"}).status_code == 422


pytestmark = pytest.mark.django_db
