"""What a record's admin reads from its model, over HTTP."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.accounts import officer
from tests.sample.desk import SERVED
from tests.sample.models import Damage, Loan, LoanState, Shelf
from tests.sample.rows import DAY, LOANS, lent
from union_portal.accounts.enums import Role
from union_portal.base.models import SentForm

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.sample.urls")]


def test_a_list_shows_and_filters_what_the_model_has(desk: Client) -> None:
    lent(worth="1200.50")
    page = desk.get(reverse(f"{LOANS}_changelist")).content.decode()
    for word in ("物品", "借出日期", "应还日期", "状态", "借出", "投影仪"):
        assert word in page
    assert desk.get(reverse(f"{LOANS}_changelist"), {"q": "投影"}).context["cl"].result_count == 1
    assert desk.get(reverse(f"{LOANS}_changelist"), {"state__exact": "back"}).context["cl"].result_count == 0


def test_a_row_is_born_by_the_form_with_its_log(desk: Client) -> None:
    page = desk.get(reverse(f"{LOANS}_add")).content.decode()
    assert 'name="item"' in page
    assert 'name="returned_on"' not in page
    assert 'name="state"' not in page
    assert not any(f'name="{other}"' in page for other in ("_addanother", "_continue"))
    given = {"item": "帐篷", "lent_on": "2024-03-01", "due_on": "", "borrower": ""}
    answer = desk.post(reverse(f"{LOANS}_add"), given)
    loan = Loan.objects.get()
    # Its steps follow there.
    assert answer["Location"] == reverse(f"{LOANS}_change", args=[loan.pk])
    assert [move.action for move in loan.moves.all()] == ["begin"]
    shown = desk.get(reverse(f"{LOANS}_change", args=[loan.pk])).content.decode()
    assert "帐篷 · 借出" in shown
    assert 'name="_addanother"' not in shown


def test_a_refused_row_comes_back_with_the_models_words(desk: Client) -> None:
    given = {"item": "帐篷", "lent_on": "2024-03-01", "due_on": "2024-02-01", "borrower": "某某"}
    response = desk.post(reverse(f"{LOANS}_add"), given)
    assert "应还日期不能早于借出日期。" in response.content.decode()
    assert not Loan.objects.exists()
    assert not SentForm.objects.exists()


def test_the_steps_of_the_state_are_offered_and_taken(desk: Client) -> None:
    loan = lent()
    page = desk.get(reverse(f"{LOANS}_change", args=[loan.pk])).content.decode()
    assert "登记归还" in page
    assert "登记遗失" in page
    assert "登记找回" not in page
    address = reverse(f"{LOANS}_step_give_back", args=[loan.pk])
    assert "归还日期" in desk.get(address).content.decode()
    assert desk.post(address, {"returned_on": "", "version": 1}).status_code == 422
    assert desk.post(address, {"returned_on": "2024-03-05", "version": 1}).status_code == 302
    loan.refresh_from_db()
    assert (loan.state, loan.returned_on) == (LoanState.BACK, dt.date(2024, 3, 5))
    assert desk.post(address, {"returned_on": "2024-03-06", "version": 2}).status_code == 422


def test_a_step_asks_for_the_reason_and_its_own_service(desk: Client) -> None:
    loan = lent()
    lose = reverse(f"{LOANS}_step_lose", args=[loan.pk])
    assert desk.post(lose, {"why": "", "version": 1}).status_code == 422
    desk.post(lose, {"why": "搬家时丢了", "version": 1})
    assert "搬家时丢了" in desk.get(reverse(f"{LOANS}_change", args=[loan.pk])).content.decode()
    SERVED.clear()
    desk.post(reverse(f"{LOANS}_step_find", args=[loan.pk]), {"version": 2})
    assert SERVED == ["投影仪"]


def test_a_step_from_an_older_page_is_refused_and_may_be_sent_again(desk: Client) -> None:
    loan = lent()
    Loan.objects.update(version=4)
    lose = reverse(f"{LOANS}_step_lose", args=[loan.pk])
    response = desk.post(lose, {"why": "找不到", "version": 1})
    assert response.status_code == 422
    assert 'value="4"' in response.content.decode()
    assert Loan.objects.get().state == LoanState.OUT


def test_an_edited_row_must_be_the_one_that_was_read(desk: Client) -> None:
    loan = lent()
    address = reverse(f"{LOANS}_change", args=[loan.pk])
    given = {"item": "新投影仪", "lent_on": "2024-03-01", "due_on": "", "borrower": ""}
    assert 'name="version_read" value="1"' in desk.get(address).content.decode()
    assert desk.post(address, {**given, "version_read": 1}).status_code == 302
    late = desk.post(address, {**given, "item": "旧投影仪", "version_read": 1})
    assert "内容已在其他窗口" in late.content.decode()
    assert Loan.objects.values_list("item", "version").get() == ("新投影仪", 2)


def test_many_rows_take_a_step_together(desk: Client) -> None:
    loans = [lent(f"帐篷{number}") for number in range(3)]
    address, keys = reverse(f"{LOANS}_changelist"), ",".join(str(loan.pk) for loan in loans)
    first = {"action": "all_give_back", "_selected_action": [loan.pk for loan in loans]}
    assert "归还日期" in desk.post(address, first).content.decode()
    assert desk.post(address, {**first, "keys": keys, "returned_on": "2024-03-09"}).status_code == 302
    assert Loan.objects.filter(state=LoanState.BACK).count() == 3


def test_children_are_listed_and_added_on_the_page(desk: Client) -> None:
    loan, other = lent(), lent("帐篷")
    Damage.objects.create(loan=loan, text="划痕一道", found_on=DAY)
    Damage.objects.create(loan=other, text="破洞一处", found_on=DAY)
    address = reverse(f"{LOANS}_change", args=[loan.pk])
    page = desk.get(address).content.decode()
    assert "划痕一道" in page
    assert "破洞一处" not in page
    step = desk.get(reverse(f"{LOANS}_add_damages", args=[loan.pk]))
    assert desk.get(step["Location"]).context["adminform"].form.initial["loan"] == str(loan.pk)
    made = desk.post(step["Location"], {"loan": loan.pk, "text": "缺一角", "found_on": "2024-03-02"})
    assert made["Location"] == address
    assert loan.damages.count() == 2


def test_a_stranger_gets_nothing(client: Client) -> None:
    loan = lent()
    client.force_login(officer(Role.WELFARE))
    for name in ("change", "step_give_back", "step_lose", "add_damages"):
        assert client.get(reverse(f"{LOANS}_{name}", args=[loan.pk])).status_code in {302, 403, 404}, name
    for name in ("changelist", "add", "export"):
        assert client.get(reverse(f"{LOANS}_{name}")).status_code == 403, name
    assert client.post(reverse(f"{LOANS}_step_lose", args=[loan.pk]), {"why": "x"}).status_code in {403, 404}
    client.force_login(officer(Role.BRANCH_CHAIR))
    assert client.post(reverse(f"{LOANS}_step_lose", args=[loan.pk]), {"why": "x"}).status_code in {403, 404}
    assert Loan.objects.get().state == LoanState.OUT


def test_a_list_asks_the_same_number_of_questions_however_long(
    desk: Client, django_assert_max_num_queries: Any
) -> None:
    shelf = Shelf.objects.create(name="一号架", code="A1")
    counts = []
    for size in (1, 3):
        for number in range(size):
            lent(f"{size}-{number}", shelf=shelf)
        for address in (
            reverse(f"{LOANS}_changelist"),
            reverse(f"{LOANS}_change", args=[Loan.objects.earliest("pk").pk]),
        ):
            desk.get(address)
            with django_assert_max_num_queries(60) as seen:
                desk.get(address)
            counts.append(len(seen))
    assert counts[:2] == counts[2:]
