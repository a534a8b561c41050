"""登记慰问: a case told on one page, proposed by the rules, reported by a branch, filled in anew, withdrawn."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
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
from union_portal.home.desk.portal import desk_items
from welfare.cases import services as cases
from welfare.cases.services import Beside, Told
from welfare.cases.services.proposing import propose
from welfare.grants.enums import GrantState
from welfare.grants.models import Grant
from welfare.life_events.enums import EventKind
from welfare.life_events.models import LifeEvent

pytestmark = pytest.mark.django_db
DAY = dt.date(2024, 3, 1)
ADD = "admin:welfare_grant_add"


def told(person: Person, **more: Any) -> Told:
    return Told(**{"person": person, "kind": EventKind.DEATH, "relation": "parent", "occurred_on": DAY, **more})


def sent(person: Person, **more: Any) -> dict[str, Any]:
    return {"person": person.pk, "kind": "death", "relation": "parent", "occurred_on": f"{DAY}", **more}


@pytest.mark.usefixtures("capped")
def test_a_relatives_death_is_proposed_as_money_with_the_cap_beside_it(person: Person) -> None:
    found = propose(told=told(person, amount=Decimal(1200)))
    assert (found.grant.benefit.code, found.grant.form, found.forms) == ("bereavement", "cash", ["cash"])
    assert (found.verdict.left, [one.code for one in found.verdict.objections]) == (Decimal(1000), ["over_cap"])
    own = propose(told=told(person, relation=""))
    assert own.grant.benefit.code == "death"
    assert "并未去世" in own.hint
    assert propose(told=told(person)).grant.amount == Decimal(500)


def test_goods_are_refused_where_the_rule_gives_money(person: Person) -> None:
    with pytest.raises(DomainError) as refused:
        cases.register(told=told(person, form="goods"), actor=welfare.officer(), reported=False)
    assert refused.value.field == "form"
    assert not LifeEvent.objects.exists()


def test_siblings_share_one_death_and_another_day_is_asked_about(person: Person) -> None:
    sister, officer = members.member(), welfare.officer()
    kin.add_kin(person=person, related=sister, relation="sibling")
    first = cases.register(told=told(person), actor=officer, reported=False)
    found = propose(told=told(sister))
    assert (found.event, found.shared_with) == (first.event, [person])
    late = propose(told=told(sister, occurred_on=DAY + dt.timedelta(days=2)))
    assert (late.event, late.near) == (None, first.event)
    same = told(sister, occurred_on=DAY + dt.timedelta(days=2), same_as=first.event)
    second = cases.register(told=same, actor=officer, reported=False)
    assert (second.event, LifeEvent.objects.count()) == (first.event, 1)
    assert "已登记" in propose(told=told(sister)).refused


def test_whether_it_is_another_event_is_answered_by_hand(person: Person) -> None:
    client, address = signed_in(welfare.officer()), reverse(ADD)
    first = cases.register(told=told(person), actor=welfare.officer(), reported=False).event_id or 0
    later = sent(person, occurred_on=f"{DAY + dt.timedelta(days=2)}", benefit="", amount="", form="")
    page = client.post(address, later)
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["same_as"])
    shown = page.content.decode()
    assert f'value="not-{first}" required>' in shown
    assert "请选择：就是这件事" in shown
    kept = client.post(address, {**later, "same_as": f"not-{first}", "check": "1"}).content.decode()
    assert f'value="not-{first}" required checked>' in kept
    assert Grant.objects.count() == 1
    other = sent(person, occurred_on=f"{DAY + dt.timedelta(days=3)}", same_as=f"not-{first + 1}")
    assert client.post(address, other).status_code == 422, "the answer was about another event"
    answers = {"same_as": f"not-{first}", "reason": "两位亲属先后去世", "document": "纪要第3号"}
    assert client.post(address, {**later, **answers}).status_code == 302
    assert LifeEvent.objects.count() == 2


def test_spouses_who_retire_on_one_day_retire_each(person: Person) -> None:
    spouse, officer = members.member(), welfare.officer()
    kin.add_kin(person=person, related=spouse, relation="spouse")
    for one in (person, spouse):
        cases.register(told=told(one, kind=EventKind.RETIREMENT, relation=""), actor=officer, reported=False)
    assert {event.whose for event in LifeEvent.objects.all()} == {person, spouse}


@pytest.mark.usefixtures("capped")
def test_a_case_is_filled_in_anew_until_it_is_approved(person: Person) -> None:
    officer, other = welfare.officer(), members.member()
    said = Beside(reason="家庭特别困难", document="纪要第3号")
    made = cases.register(told=told(person, amount=Decimal(1200)), actor=officer, reported=False, beside=said)
    assert made.warnings.get().code == "over_cap"
    right = told(other, amount=Decimal(800), occurred_on=DAY + dt.timedelta(days=1))
    made = cases.amend(subject=made, told=right, action="submit", actor=officer)
    assert (made.person, made.amount, made.warnings.count()) == (other, Decimal(800), 0)
    assert LifeEvent.objects.get().occurred_on == right.occurred_on
    cases.approve(subject=made, actor=welfare.chair())
    with pytest.raises(Refused):
        cases.amend(subject=made, told=right, action="submit", actor=officer)
    with pytest.raises(Refused):
        cases.withdraw(subject=made, actor=officer)


def test_what_others_share_stays_when_one_of_them_is_told_anew(person: Person) -> None:
    sister, officer = members.member(), welfare.officer()
    kin.add_kin(person=person, related=sister, relation="sibling")
    first = cases.register(told=told(person), actor=officer, reported=False)
    second = cases.register(told=told(sister), actor=officer, reported=False)
    second = cases.amend(
        subject=second, told=told(sister, occurred_on=dt.date(2023, 1, 5)), action="submit", actor=officer
    )
    first.refresh_from_db()
    assert first.event is not None
    assert (first.event.occurred_on, LifeEvent.objects.count()) == (DAY, 2)
    second = cases.amend(subject=second, told=told(sister), action="submit", actor=officer)
    assert (second.event, LifeEvent.objects.count()) == (first.event, 1)


@pytest.mark.parametrize("ended", ["declined", "sent_back", "withdrawn"])
def test_what_was_refused_or_taken_back_is_sent_again_with_all_that_was_told(person: Person, ended: str) -> None:
    officer, chair = welfare.officer(), welfare.chair()
    beside = Beside(papers=[papers.sent("证明.pdf")])
    made = cases.register(told=told(person), actor=officer, reported=False, beside=beside)
    if ended == "withdrawn":
        cases.withdraw(subject=made, actor=officer)
    else:
        (cases.decline if ended == "declined" else cases.send_back)(subject=made, actor=chair, why="缺少亲属关系证明")
    made.refresh_from_db()
    assert made.state == ended
    page = signed_in(officer).get(reverse("admin:welfare_grant_amend", args=[made.pk])).content.decode()
    assert f"{DAY}" in page
    assert "证明.pdf" in page
    made = cases.amend(subject=made, told=told(person), action="submit", actor=officer)
    assert (made.state, made.reason, made.evidence.count()) == (GrantState.SUBMITTED, "", 1)


def test_a_branch_reports_the_officer_takes_it_up_and_another_approves(person: Person, reporter: User) -> None:
    made = cases.register(told=told(person), actor=reporter, reported=True)
    assert made.state == GrantState.REPORTED
    with pytest.raises(DomainError, match="已享受"):
        cases.register(told=told(person), actor=welfare.officer(), reported=False)
    officer = welfare.officer()
    assert any(made.person.name in item.title for item in desk_items(officer))
    page = signed_in(officer).get(reverse("admin:welfare_grant_change", args=[made.pk])).content.decode()
    assert "退回补充" in page
    assert "不予通过" not in page
    taken_up = signed_in(officer).get(reverse("admin:welfare_grant_amend", args=[made.pk])).content.decode()
    assert f"受理上报：{made.person}" in taken_up
    assert f"{reverse('admin:welfare_grant_change', args=[made.pk])}#decide" in taken_up
    made = cases.amend(subject=made, told=told(person), action="submit", actor=officer)
    assert made.prepared_by == officer
    assert not reporter.has_perm("welfare.amend_grant", made)
    chair = welfare.chair()
    assert any(made.person.name in item.title for item in desk_items(chair))
    address = reverse("admin:welfare_grant_change", args=[made.pk])
    assert "审批前可以修改或撤回" in signed_in(officer).get(address).content.decode()
    assert "审批前可以修改或撤回" not in signed_in(chair).get(address).content.decode()
    assert cases.approve(subject=made, actor=chair).state == GrantState.DUE


def test_a_branch_chair_reports_for_the_own_branch_only(person: Person, reporter: User) -> None:
    page = signed_in(reporter)
    answer = page.post(reverse(ADD), sent(members.member(branch=members.branch())))
    assert answer.status_code == 422
    assert not Grant.objects.exists()
    page.post(reverse(ADD), sent(person))
    made = Grant.objects.get()
    assert (made.state, made.branch) == (GrantState.REPORTED, person.assignments.get().branch)
    other = members.account_with_role(Role.BRANCH_CHAIR, branches=(members.branch(),))
    assert signed_in(other).get(reverse("admin:welfare_grant_amend", args=[made.pk])).status_code == 404


@pytest.mark.usefixtures("capped")
def test_the_page_proposes_again_what_nobody_typed_and_keeps_what_somebody_did(person: Person) -> None:
    page = signed_in(welfare.officer())
    first = page.post(reverse(ADD), sent(person), headers={"X-Part": "proposal"})
    form = first.context["form"]
    assert (form["amount"].value(), form["form"].value()) == ("500.00", "cash")
    shown = {name: form[name].value() for name in ("benefit", "form", "amount", "proposed")}
    changed = page.post(reverse(ADD), sent(person, **shown, kind="wedding"), headers={"X-Part": "proposal"})
    assert changed.context["form"]["form"].value() == "goods"
    assert not changed.context["form"]["amount"].value()
    typed = page.post(reverse(ADD), sent(person, **{**shown, "amount": "1200"}), headers={"X-Part": "proposal"})
    assert typed.context["form"]["amount"].value() == "1200.00"
    assert "超出标准" in typed.content.decode()
    assert not Grant.objects.exists()


def test_whose_death_it_was_is_asked_and_never_taken_to_be_the_persons_own(person: Person) -> None:
    add, desk = reverse("admin:welfare_grant_add"), signed_in(welfare.officer())
    page = desk.get(add).content.decode()
    assert '<option value="" selected>请选择</option>' in page
    asked = desk.post(add, sent(person, relation=""))
    assert asked.status_code == 422
    assert asked.context["form"].errors == {"relation": ["请选择去世的是哪位亲属，还是会员本人。"]}
    assert asked.context["proposal"] is None
    own = desk.post(add, sent(person, relation="self", check="1"))
    assert own.context["proposal"].grant.benefit.code == "death"


def test_a_persons_page_leads_to_the_page_that_begins_with_the_person(person: Person, reporter: User) -> None:
    address = f"{reverse(ADD)}?person={person.pk}"
    for user, label in ((welfare.officer(), "登记慰问"), (reporter, "上报慰问")):
        desk = signed_in(user)
        page = desk.get(reverse("admin:members_person_change", args=[person.pk])).content.decode()
        assert f'href="{address}">{label}' in page
        begun = desk.get(address)
        assert begun.context["form"]["person"].value() == person.pk
        assert person.name in begun.content.decode()


@pytest.mark.usefixtures("capped")
def test_saving_says_what_the_rules_object_to_and_who_comes_next(person: Person) -> None:
    today = timezone.localdate()
    page = signed_in(welfare.officer())
    data = sent(person, occurred_on=f"{today}", amount="1200", reason="家庭特别困难", document="工会委员会纪要第3号")
    answer = page.post(reverse(ADD), {**data, "papers": papers.sent("死亡证明.pdf")}, follow=True)
    made = Grant.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("admin:welfare_grant_change", args=[made.pk])
    words = " ".join(str(one) for one in answer.context["messages"])
    assert "上限 1,000.00 元" in words
    assert "审批" in words
    warning = made.warnings.get()
    assert (warning.reason, warning.document) == ("家庭特别困难", "工会委员会纪要第3号")
    assert made.evidence.get().scan.kept.name == "死亡证明.pdf"  # type: ignore[attr-defined]


@pytest.mark.usefixtures("capped")
def test_the_approver_decides_and_finance_pays_on_the_cases_page(person: Person) -> None:
    officer, chair = welfare.officer(), welfare.chair()
    beside = Beside(papers=[papers.sent("证明.pdf")], reason="家庭特别困难", document="工会委员会纪要第3号")
    made = cases.register(told=told(person, amount=Decimal(1200)), actor=officer, reported=False, beside=beside)
    address = reverse("admin:welfare_grant_change", args=[made.pk])
    page = signed_in(chair).get(address).content.decode()
    assert all(
        words in page for words in ("1,200.00", "1,000.00", "家庭特别困难", "证明.pdf", person.name, "我已核对证明")
    )
    assert "不能审批自己经办的事项" not in page
    approve = reverse("admin:welfare_grant_step_approve", args=[made.pk])
    assert signed_in(chair).post(approve, {"warnings_seen": "on"}).status_code == 422
    signed_in(chair).post(approve, {"evidence_seen": "on", "warnings_seen": "on"})
    made.refresh_from_db()
    assert (made.state, made.warnings.get().confirmed_by) == (GrantState.DUE, chair)
    treasurer = welfare.treasurer()
    assert "发放并记账" in signed_in(treasurer).get(address).content.decode()
    receive = reverse("admin:welfare_grant_step_receive", args=[made.pk])
    signed_in(treasurer).post(receive, {"fund": welfare.fund().pk, "on": f"{timezone.localdate()}"})
    made.refresh_from_db()
    assert made.state == GrantState.RECEIVED


def test_evidence_is_given_to_whoever_may_see_the_case(person: Person, reporter: User) -> None:
    beside = Beside(papers=[papers.sent("证明.pdf")])
    made = cases.register(told=told(person), actor=reporter, reported=True, beside=beside)
    door = made.evidence.get().scan.url
    for user, status in (
        (reporter, 200),
        (welfare.chair(), 200),
        (members.account_with_role(Role.BRANCH_CHAIR, branches=(members.branch(),)), 404),
        (members.account_with_role(Role.CONGRESS), 404),
    ):
        answer = signed_in(user).get(door)
        assert answer.status_code == status
        if answer.streaming:
            answer.getvalue()
