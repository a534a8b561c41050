"""慰问申请: asked for by the member, looked at by the branch, returned with a coded reason, put right, paid."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.kin import services as kin
from members.people.models import Person
from tests.factories import members, papers
from tests.factories import rounds as welfare
from tests.factories.accounts import signed_in
from union_portal.accounts.enums import Role
from union_portal.accounts.models import User
from union_portal.base.errors import DomainError, Refused
from union_portal.base.rules import may
from union_portal.home.desk.portal import desk_items
from union_portal.home.member_page.portal import member_items
from welfare.benefits.models import BenefitRule
from welfare.cases import services as cases
from welfare.cases.models import CaseReturn, ReturnReason
from welfare.cases.services import Beside, Told
from welfare.cases.services.applying import last_return
from welfare.grants.enums import GrantState
from welfare.grants.models import Grant
from welfare.grants.services.terms import until
from welfare.grants.services.verdicts import judge
from welfare.ledger.models import Posting
from welfare.life_events.enums import EventKind

pytestmark = pytest.mark.django_db
DAY = dt.date(2024, 3, 1)


@pytest.fixture
def member(person: Person) -> User:
    BenefitRule.objects.filter(benefit__code="hospital", example=False).update(
        standard=Decimal(500), cap=Decimal(1000), cap_basis="per_event", evidence="出院记录、住院收据"
    )
    return members.account(of=person)


def asked(member: User, **more: Any) -> Grant:
    told = Told(**{"person": member.person, "kind": EventKind.HOSPITAL, "occurred_on": DAY, **more})
    return cases.apply(told=told, actor=member, beside=Beside(papers=[papers.sent("收据.pdf")]))


def titles(user: User) -> list[str]:
    return [item.title for item in desk_items(user)]


def test_an_application_goes_from_the_phone_to_the_ledger(member: User, reporter: User) -> None:
    made = asked(member)
    assert (made.state, made.amount, made.prepared_by) == (GrantState.APPLIED, Decimal(500), member)
    assert any("审核申请" in one for one in titles(reporter))
    made = cases.confirm(subject=made, actor=reporter)
    officer, chair = welfare.officer(), welfare.chair()
    assert any("受理上报" in one for one in titles(officer))
    told = Told(person=made.person, kind=EventKind.HOSPITAL, occurred_on=DAY, amount=made.amount)
    made = cases.amend(subject=made, told=told, action="submit", actor=officer)
    made = cases.approve(subject=made, actor=chair)
    cases.pay(subject=made, fund=welfare.fund(), on=DAY, actor=welfare.treasurer())
    posting = Posting.objects.get()
    assert (posting.total, posting.prepared_by, posting.approved_by) == (Decimal(500), officer, chair)
    assert made.evidence.count() == 1


def test_what_came_back_names_its_reason_and_the_missing_paper_and_keeps_all_else(member: User, reporter: User) -> None:
    made = asked(member, amount=Decimal(800), ended_on=DAY + dt.timedelta(days=9))
    with pytest.raises(DomainError) as refused:
        cases.send_back(subject=made, actor=reporter, code="missing_paper", missing=["结婚证"])
    assert refused.value.field == "missing"
    with pytest.raises(DomainError) as refused:
        cases.send_back(subject=made, actor=reporter, code="other")
    assert refused.value.field == "why"
    cases.send_back(subject=made, actor=reporter, code="missing_paper", missing=["出院记录"], why="请补拍清楚")
    made.refresh_from_db()
    back = last_return(made)
    assert back is not None
    assert (back.reason.code, back.missing, made.state) == ("missing_paper", ["出院记录"], GrantState.SENT_BACK)
    assert made.reason == "缺少证明材料（出院记录）：请补拍清楚"
    client = Client()
    client.force_login(member)
    page = client.get(reverse("welfare:application_amend", args=[made.pk])).content.decode()
    assert all(words in page for words in ("缺少证明材料", "出院记录", "800.00", "2024-03-10", "收据.pdf")), page
    sent = {"kind": "hospital", "occurred_on": f"{DAY}", "ended_on": "2024-03-10", "amount": "800.00"}
    answer = client.post(reverse("welfare:application_amend", args=[made.pk]), {**sent, "papers": papers.sent("a.pdf")})
    assert answer.status_code == 302, answer.content.decode()
    made.refresh_from_db()
    assert (made.state, made.reason, made.evidence.count()) == (GrantState.APPLIED, "", 2)
    assert last_return(made) is None
    assert CaseReturn.objects.count() == 1, "what came back once stays countable"


def test_what_the_union_returns_lies_with_the_member_again(member: User, reporter: User) -> None:
    made = cases.confirm(subject=asked(member), actor=reporter)
    assert not may(member, "apply", made)
    officer = welfare.officer()
    told = Told(person=made.person, kind=EventKind.HOSPITAL, occurred_on=DAY)
    made = cases.amend(subject=made, told=told, action="submit", actor=officer)
    made = cases.send_back(subject=made, actor=welfare.chair(), code="wrong_facts")
    assert made.prepared_by == member
    assert may(member, "apply", made)
    assert may(officer, "submit", made)
    assert [item.state for item in member_items(member)] == [GrantState.SENT_BACK]
    again = cases.amend(subject=made, told=told, action="apply", actor=member)
    assert (again.pk, again.state) == (made.pk, GrantState.APPLIED)


def test_nobody_asks_for_another_or_confirms_the_own(member: User, reporter: User) -> None:
    with pytest.raises(Refused):
        cases.apply(told=Told(person=members.member(), kind=EventKind.HOSPITAL, occurred_on=DAY), actor=member)
    kin.add_kin(person=member.person, related=members.member(user=reporter), relation="spouse")
    made = asked(member)
    with pytest.raises(Refused, match="亲属"):
        cases.confirm(subject=made, actor=reporter)
    desk = signed_in(reporter).get(reverse("admin:welfare_grant_change", args=[made.pk])).content.decode()
    assert "不能审核本人或亲属" in desk
    with pytest.raises(Refused):
        cases.confirm(subject=cases.withdraw(subject=made, actor=member), actor=reporter)


def test_what_has_no_branch_to_look_at_it_is_taken_up_by_the_officer(member: User) -> None:
    officer = welfare.officer()
    asked(member)
    assert not any("受理申请" in one for one in titles(officer))
    alone = members.account(of=members.member())
    made = asked(alone)
    assert any(f"受理申请：{alone.person.name}" in one for one in titles(officer))
    told = Told(person=made.person, kind=EventKind.HOSPITAL, occurred_on=DAY)
    assert cases.amend(subject=made, told=told, action="submit", actor=officer).state == GrantState.SUBMITTED


def test_a_branch_sends_back_only_what_waits_for_it(member: User, reporter: User) -> None:
    made = asked(member)
    stranger = members.account_with_role(Role.BRANCH_CHAIR, branches=(members.branch(name="化学分工会"),))
    assert (may(reporter, "send_back", made), may(stranger, "send_back", made)) == (True, False)
    assert not may(stranger, "confirm", made)
    made = cases.confirm(subject=made, actor=reporter)
    assert not may(reporter, "send_back", made)


def test_the_desk_page_offers_the_branch_to_confirm_or_to_return(member: User, reporter: User) -> None:
    made, client = asked(member), signed_in(reporter)
    page = client.get(reverse("admin:welfare_grant_change", args=[made.pk])).content.decode()
    assert all(words in page for words in ("审核通过并上报", "缺少证明材料", 'value="出院记录"', "退回补充"))
    back = reverse("admin:welfare_grant_step_send_back", args=[made.pk])
    assert client.post(back, {"code": "other", "why": ""}).status_code == 422
    assert client.post(back, {"code": "missing_paper", "missing": "出院记录"}).status_code == 302
    assert Grant.objects.get().state == GrantState.SENT_BACK


def test_a_reason_out_of_use_is_not_taken(member: User, reporter: User) -> None:
    ReturnReason.objects.filter(code="late").update(active=False)
    with pytest.raises(DomainError) as refused:
        cases.send_back(subject=asked(member), actor=reporter, code="late")
    assert refused.value.field == "code"


def test_who_is_no_member_asks_for_nothing_and_others_see_nothing(member: User) -> None:
    made = asked(member)
    outsider, other = Client(), Client()
    outsider.force_login(members.account(of=members.person()))
    other.force_login(members.account(of=members.member()))
    assert outsider.get(reverse("welfare:apply")).status_code == 403
    assert outsider.post(reverse("welfare:apply"), {"kind": "wedding", "occurred_on": f"{DAY}"}).status_code == 403
    for name in ("application", "application_amend"):
        assert other.get(reverse(f"welfare:{name}", args=[made.pk])).status_code == 404
    assert other.get(reverse("welfare:application_paper", args=[made.evidence.get().pk])).status_code == 404
    assert other.post(reverse("welfare:application", args=[made.pk])).status_code == 404


def test_a_member_asks_and_takes_it_back_on_the_phone(member: User) -> None:
    client, address = Client(), reverse("welfare:apply")
    client.force_login(member)
    assert "申请慰问" in client.get(reverse("home:benefits")).content.decode()
    sent = {"kind": "hospital", "occurred_on": f"{timezone.localdate()}", "sent_key": "k" * 32}
    part = client.post(address, sent, headers={"X-Part": "proposal"}).content.decode()
    assert "1,000.00" in part
    assert "出院记录" in part
    for _press in range(2):
        assert client.post(address, sent).status_code == 302
    made = Grant.objects.get()
    page = client.get(reverse("welfare:application", args=[made.pk])).content.decode()
    assert "待分工会审核" in page
    assert "撤回申请" in page
    assert client.post(reverse("welfare:application", args=[made.pk])).status_code == 302
    made.refresh_from_db()
    assert made.state == GrantState.WITHDRAWN
    assert "我的申请" in client.get(address).content.decode()


def test_the_days_left_to_apply_are_told(member: User) -> None:
    BenefitRule.objects.filter(benefit__code="hospital", example=False).update(claim_length=6, claim_unit="months")
    made = asked(member, occurred_on=timezone.localdate())
    verdict = judge(grant=made)
    assert verdict.until == until(verdict.rule, {"event": made.event.occurred_on, "end": made.event.occurred_on})  # type: ignore[union-attr]
    page = Client()
    page.force_login(member)
    assert "申请期限至" in page.get(reverse("welfare:application", args=[made.pk])).content.decode()
