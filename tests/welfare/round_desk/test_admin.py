"""A round's page on the desk."""

import io
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.people import services as register
from tests.factories import members
from tests.factories import rounds as welfare
from tests.factories.accounts import signed_in
from union_portal.accounts.enums import Role
from union_portal.accounts.models import AccessEntry, User
from union_portal.base.spreadsheets.writing import write_xlsx
from welfare.benefits.models import BenefitRule
from welfare.grants.enums import GrantState, RoundState
from welfare.grants.models import Round
from welfare.ledger.models import Posting
from welfare.rounds.services import approval, payment, roster
from welfare.rounds.services import people as rounds


def _step(name: str, round_: Round) -> str:
    return reverse(f"admin:welfare_round_{name}", args=[round_.pk])


def _page(round_: Round) -> str:
    return reverse("admin:welfare_round_change", args=[round_.pk])


def test_a_round_goes_from_draft_to_closed_by_its_buttons() -> None:
    officer, chair = welfare.officer(), welfare.chair()
    people = [members.member() for _ in range(3)]
    occasion = welfare.occasion()
    desk, boss = signed_in(officer), signed_in(chair)
    answer = desk.post(
        reverse("admin:welfare_round_add"),
        {
            "benefit": welfare.benefit().pk,
            "occasion": occasion.pk,
            "name": "",
            "cut_off_on": "2024-01-10",
            "goods": "米面油",
            "fund": welfare.fund().pk,
        },
    )
    made = Round.objects.get()
    assert answer.url == _page(made)  # type: ignore[attr-defined]
    assert "3" in desk.get(_step("step_lock", made)).content.decode()
    desk.post(_step("step_lock", made))
    desk.post(_step("step_set_price", made), {"unit_price": "500", "handed_out_on": "2024-01-20", "goods": "米面油"})
    assert "1,500.00" in desk.get(_step("step_submit", made)).content.decode()
    desk.post(_step("step_submit", made))
    assert desk.post(_step("step_approve", made)).status_code == 403
    boss.post(_step("step_approve", made))
    made.refresh_from_db()
    assert made.state == RoundState.APPROVED
    desk.post(_step("step_collect", made), {"on": "2024-01-20", "received_by": people[0].pk})
    assert made.grants.filter(state=GrantState.RECEIVED, received_by=people[0]).count() == 3
    invoice = {"supplier": "某超市", "invoice_number": "1", "invoiced_on": "2024-01-15", "quantity": "3"}
    invoice |= {"amount": "1500", "posted_on": "2024-01-20"}
    assert desk.post(_step("step_buy", made), invoice).status_code == 403
    signed_in(welfare.treasurer()).post(_step("step_buy", made), invoice)
    assert Posting.objects.get().total == Decimal(1500)
    page = desk.get(_page(made)).content.decode()
    assert people[0].name in page
    desk.post(_step("step_close", made), {"explanation": ""})
    made.refresh_from_db()
    assert made.state == RoundState.CLOSED


def test_the_roster_is_leafed_through_branch_by_branch_everybody_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("welfare.round_desk.admin.page.ROWS", 3)
    branches = [members.branch(), members.branch()]
    people = [members.member(branch=branch) for branch in (branches[0], *[branches[1]] * 4, *[None] * 3)]
    made = welfare.locked(actor=welfare.officer())
    desk = signed_in(welfare.officer())
    pages = [desk.get(_page(made), {"page": number}).context["page"] for number in (1, 2, 3)]
    shown = [grant for page in pages for grant in page]
    assert {grant.person for grant in shown} == set(people)
    assert len(shown) == len(people) == pages[0].paginator.count
    expected = made.grants.order_by("branch__code", "person__pinyin_key", "pk").values_list("pk", flat=True)
    assert [grant.pk for grant in shown] == list(expected)
    assert not desk.get(_page(made), {"q": "无此人"}).context["page"].object_list


def test_a_round_begins_without_being_asked_for_another_and_its_page_says_what_is_known() -> None:
    members.member()
    desk, add = signed_in(welfare.officer()), reverse("admin:welfare_round_add")
    assert "仍另建一个批次" not in desk.get(add).content.decode()
    first = welfare.locked()
    told = {"benefit": first.benefit.pk, "occasion": first.occasion.pk, "cut_off_on": "2024-01-01"}
    again = desk.post(add, {**told, "fund": welfare.fund().pk})
    assert "另建" in again.content.decode()
    assert Round.objects.count() == 1
    Round.objects.filter(pk=first.pk).update(goods="米、油")
    page = desk.get(_page(first))
    assert f"米、油，发放日期 {first.handed_out_on}" in page.content.decode()
    (states,) = (choices for key, _label, choices, _asked in page.context["choices"] if key == "state")
    assert states == [(GrantState.LISTED, GrantState.LISTED.label)]
    assert page.context["buttons"][0]["name"] == "step_submit"


def test_one_person_is_excluded_and_the_page_comes_back() -> None:
    officer = welfare.officer()
    members.member()
    made = welfare.locked(actor=officer)
    grant = made.grants.get()
    answer = signed_in(officer).post(reverse("admin:welfare_grant_step_exclude", args=[grant.pk]), {"why": "停发工资"})
    assert answer.url == f"{_page(made)}#roster"  # type: ignore[attr-defined]
    grant.refresh_from_db()
    assert grant.state == GrantState.EXCLUDED


def test_somebody_already_on_the_roster_is_refused_where_he_was_picked() -> None:
    officer = welfare.officer()
    person = members.member(name="王芳")
    made = welfare.locked(actor=officer)
    answer = signed_in(officer).post(_step("add_person", made), {"person": person.pk, "why": "补"})
    assert answer.status_code == 422
    assert "王芳" in answer.context["form"].errors["person"][0]


def test_warnings_are_answered_and_confirmed_from_the_page() -> None:
    officer, chair = welfare.officer(), welfare.chair()
    members.member()
    BenefitRule.objects.filter(benefit__code="spring", example=False).update(cap=Decimal(300))
    made = welfare.locked(actor=officer)
    desk, boss = signed_in(officer), signed_in(chair)
    assert desk.post(_step("step_submit", made)).url.endswith("#warnings")  # type: ignore[attr-defined]
    warning = made.warnings.get()
    assert warning.detail in desk.get(_page(made)).content.decode()
    desk.post(
        reverse("admin:welfare_rulewarning_answer_warning", args=[warning.pk]),
        {"reason": "上级批准", "document": "工字5号"},
    )
    desk.post(_step("step_submit", made))
    approving = boss.get(_step("step_approve", made)).content.decode()
    assert warning.detail in approving
    assert "理由：上级批准；文件：工字5号" in approving
    assert boss.post(_step("step_approve", made)).status_code == 422
    boss.post(_step("step_approve", made), {"warnings_seen": "on"})
    made.refresh_from_db()
    warning.refresh_from_db()
    assert (made.state, warning.confirmed_by) == (RoundState.APPROVED, chair)


def test_the_banks_list_is_exported_with_its_purpose_in_the_log() -> None:
    officer = welfare.officer()
    members.member()
    made = welfare.approved(code="special_group", price="800", actor=officer)
    answer = signed_in(officer).post(_step("export_payout", made), {"purpose": "银行代发"})
    assert answer["Content-Type"].startswith("application/vnd")
    entry = AccessEntry.objects.get(action="export")
    assert (entry.purpose, entry.rows, entry.subject) == ("银行代发", 1, str(made.pk))


def test_the_banks_list_can_be_had_after_the_posting_and_is_refused_when_nobody_waits() -> None:
    officer = welfare.officer()
    members.member()
    made = welfare.approved(code="special_group", price="800", actor=officer)
    payment.post_roster(subject=made, on=welfare.HANDED_OUT, actor=welfare.treasurer())
    desk, step = signed_in(officer), _step("export_payout", made)
    assert desk.post(step, {"purpose": "银行代发"}).status_code == 422
    assert not AccessEntry.objects.filter(action="export").exists()
    assert desk.post(step, {"purpose": "银行代发", "paid_too": "on"}).status_code == 200
    assert AccessEntry.objects.get(action="export").rows == 1


def test_the_page_points_at_the_one_step_that_comes_next() -> None:
    officer = welfare.officer()
    members.member()

    def primary(round_: Round, user: User = officer) -> list[str]:
        buttons = signed_in(user).get(_page(round_)).context["buttons"]
        return [button["address"] for button in buttons if button["primary"]]

    by_list = welfare.draft(selection=None, actor=officer)
    assert primary(by_list) == [_step("upload_list", by_list)]
    made = roster.lock(subject=welfare.draft(code="special_group", actor=officer), actor=officer)
    assert primary(made) == [_step("step_set_price", made)]
    rounds.set_price(subject=made, unit_price=Decimal(800), handed_out_on=welfare.HANDED_OUT, actor=officer)
    assert primary(made) == [_step("step_submit", made)]
    approval.submit(subject=made, actor=officer)
    approval.approve(subject=made, actor=welfare.chair())
    assert primary(made) == []
    assert primary(made, welfare.treasurer()) == [_step("step_post", made)]
    payment.post_roster(subject=made, on=welfare.HANDED_OUT, actor=welfare.treasurer())
    assert primary(made) == [_step("step_close", made)]
    payment.return_payment(subject=made.grants.get(), on=welfare.HANDED_OUT, why="户名不符", actor=welfare.treasurer())
    page = signed_in(welfare.treasurer()).get(_page(made))
    assert reverse("admin:welfare_grant_step_receive", args=[made.grants.get().pk]) in page.content.decode()
    assert primary(made) == []


def test_a_list_that_does_not_match_names_the_line() -> None:
    officer = welfare.officer()
    person = members.member(name="王芳")
    made = welfare.draft(selection=None, actor=officer)
    file = io.BytesIO(write_xlsx(headings=("工号", "姓名"), rows=[(person.staff_number, "王方")]))
    file.name = "list.xlsx"
    answer = signed_in(officer).post(_step("upload_list", made), {"file": file, "list_source": "人事处"})
    assert answer.status_code == 422
    assert "王方" in answer.content.decode()


def test_the_page_takes_as_many_queries_for_many_people_as_for_few() -> None:
    client = signed_in(welfare.officer())
    counts = []
    for number in (2, 40):
        branch = members.branch()
        for _ in range(number):
            members.member(branch=branch)
        made = welfare.approved()
        client.get(_page(made))
        with CaptureQueriesContext(connection) as seen:
            assert client.get(_page(made)).status_code == 200
        counts.append(len(seen))
    assert counts[1] <= counts[0] + 1


def test_members_and_branch_chairs_see_no_round() -> None:
    members.member()
    made = welfare.locked()
    branch = members.branch()
    chair = members.account_with_role(Role.BRANCH_CHAIR, branches=(branch,))
    assert signed_in(chair).get(_page(made)).status_code in {302, 403, 404}
    member = register.link_account(person=members.member())
    assert signed_in(member).get(_page(made)).status_code in {302, 403, 404}


pytestmark = pytest.mark.django_db
