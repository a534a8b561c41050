"""What a record's admin reads from its model, over HTTP."""

import datetime as dt
import io
import re
import threading
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.factories.accounts import account, officer
from tests.sample.desk import SERVED
from tests.sample.models import Damage, Loan, LoanState, Notice, Shelf
from union_portal.accounts.enums import Role
from union_portal.accounts.models import AccessEntry
from union_portal.base.models import SentForm
from union_portal.base.steps import record

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.sample.urls")]
DAY = dt.date(2024, 3, 1)
LOANS = "admin:sample_loan"
NOTICES = "admin:sample_notice"


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(officer(Role.ACTIVITIES))
    return client


def lent(item: str = "投影仪", **fields: Any) -> Any:
    return record(Loan(item=item, lent_on=DAY, **fields), actor=account())


def sheet_of(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data)).active


def key_of(page: str) -> str:
    found = re.search(r'name="sent_key" value="(\w+)"', page)
    assert found
    return found[1]


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
    desk.post(reverse(f"{LOANS}_add"), {"item": "帐篷", "lent_on": "2024-03-01", "due_on": "", "borrower": ""})
    loan = Loan.objects.get()
    assert [move.action for move in loan.moves.all()] == ["begin"]
    shown = desk.get(reverse(f"{LOANS}_change", args=[loan.pk])).content.decode()
    assert "帐篷 · 借出" in shown


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
    assert "刚刚被别人" in late.content.decode()
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


@pytest.mark.parametrize(
    ("lookup", "status"),
    [
        ({"kind__exact": "news"}, 200),
        ({"branch_only__exact": "1"}, 200),
        ({"pk__in": "1,2"}, 200),
        ({"pin__startswith": "1"}, 400),
        ({"note__contains": "x"}, 400),
        ({"unheard": "of"}, 302),
    ],
)
def test_only_declared_lookups_are_answered(desk: Client, lookup: dict[str, str], status: int) -> None:
    assert desk.get(reverse(f"{NOTICES}_changelist"), lookup).status_code == status


def test_a_lookup_through_a_declared_relation_reads_no_further(desk: Client) -> None:
    shelf = Shelf.objects.create(name="一号架", code="A1")
    lent(shelf=shelf)
    address = reverse(f"{LOANS}_changelist")
    assert desk.get(address, {"shelf__id__exact": shelf.pk}).context["cl"].result_count == 1
    assert desk.get(address, {"shelf__code__startswith": "A"}).status_code == 400
    assert desk.get(address, {"damages__text__startswith": "A"}).status_code == 400


def test_related_rows_are_found_by_typing_and_only_visible_ones(client: Client) -> None:
    Shelf.objects.create(name="一号架", code="A1")
    Shelf.objects.create(name="二号架", code="A2", branch_only=True)
    query = {"term": "号架", "app_label": "sample", "model_name": "loan", "field_name": "shelf"}
    for role, count in ((Role.ACTIVITIES, 2), (Role.BRANCH_CHAIR, 1)):
        client.force_login(officer(role))
        found = client.get(reverse("admin:autocomplete"), query).json()["results"]
        assert len(found) == count


def exported(client: Client, address: str, query: dict[str, str], format_: int = 0) -> Any:
    return client.post(
        f"{address}?" + "&".join(f"{k}={v}" for k, v in query.items()), {"format": format_, "resource": 0}
    )


def test_an_export_is_what_the_list_shows(client: Client) -> None:
    for number in range(3):
        Notice.objects.create(
            title=f"=公告{number}", posted_on=DAY, readers=number, pin="1234", branch_only=number == 1
        )
    Notice.objects.create(title="征集令", kind="call", posted_on=DAY, branch_only=True)
    client.force_login(officer(Role.ACTIVITIES))
    list_, address = reverse(f"{NOTICES}_changelist"), reverse(f"{NOTICES}_export")
    assert f"{address}?kind__exact=news" in client.get(list_, {"kind__exact": "news"}).content.decode()
    response = exported(client, address, {"kind__exact": "news", "q": "公告", "o": "-4"})
    assert "utf-8''%E5%85%AC%E5%91%8A" in response["Content-Disposition"]
    sheet = sheet_of(response.content)
    rows = list(sheet.values)
    assert rows[0] == ("标题", "类别", "发布日期", "阅读人数", "口令")
    assert [(row[0], row[1], row[3], row[4]) for row in rows[1:]] == [
        (f"=公告{number}", "新闻", number, "****") for number in (2, 1, 0)
    ]
    assert all(cell.data_type != "f" for line in sheet.iter_rows() for cell in line)
    entry = AccessEntry.objects.latest("pk")
    assert (entry.action, entry.kind, entry.rows) == ("export", "sample.notice", 3)
    text = exported(client, address, {}, 1).content.decode("utf-8-sig")
    assert "'=公告0" in text
    assert "1234" not in text


def test_an_export_holds_only_visible_rows_and_asks_the_rule(client: Client) -> None:
    lent("学校的")
    lent("分工会的", branch_only=True)
    client.force_login(officer(Role.BRANCH_CHAIR))
    text = exported(client, reverse(f"{LOANS}_export"), {}, 1).content.decode("utf-8-sig")
    assert "分工会的" in text
    assert "学校的" not in text
    assert client.get(reverse(f"{NOTICES}_export")).status_code == 403


def test_an_export_can_be_imported_again(desk: Client, sample_kinds: None) -> None:
    lent(worth="12.00")
    address = reverse(f"{LOANS}_export")
    data = desk.post(address, {"format": 0, "resource": 1}).content
    headings = next(sheet_of(data).values)
    assert headings[:3] == ("物品", "借出日期", "应还日期")


def test_a_form_sent_again_shows_the_row_it_made(desk: Client) -> None:
    address = reverse(f"{NOTICES}_add")
    given = {
        "title": "换届公告",
        "kind": "news",
        "posted_on": "2024-03-01",
        "sent_key": key_of(desk.get(address).content.decode()),
    }
    desk.post(address, given)
    again = desk.post(address, given)
    assert again["Location"] == reverse(f"{NOTICES}_change", args=[Notice.objects.get().pk])
    assert "没有重复办理" in desk.get(again["Location"]).content.decode()
    desk.post(address, {**given, "title": "另一则"})
    assert Notice.objects.count() == 2


def test_a_refused_form_may_be_sent_again_unchanged(desk: Client) -> None:
    loan = lent("帐篷")
    address = reverse(f"{LOANS}_add")
    given = {"item": "帐篷", "lent_on": "2024-03-01", "due_on": "", "sent_key": "1" * 32}
    assert desk.post(address, given).status_code == 200
    Loan.objects.filter(pk=loan.pk).update(item="旧帐篷")
    assert desk.post(address, given).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_make_one_row() -> None:
    user, gate, answers = officer(Role.ACTIVITIES), threading.Barrier(2), []
    first = Client()
    first.force_login(user)
    address = reverse(f"{NOTICES}_add")
    given = {
        "title": "换届公告",
        "kind": "news",
        "posted_on": "2024-03-01",
        "sent_key": key_of(first.get(address).content.decode()),
    }
    cookies = first.cookies

    def click() -> None:
        client = Client()
        client.cookies = cookies
        gate.wait()
        answers.append(client.post(address, given))
        connection.close()

    threads = [threading.Thread(target=click) for _each in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Notice.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_clicks_on_a_step_take_it_once() -> None:
    loan = lent()
    user, gate, answers = officer(Role.ACTIVITIES), threading.Barrier(2), []
    first = Client()
    first.force_login(user)
    address = reverse(f"{LOANS}_step_lose", args=[loan.pk])
    given = {"why": "找不到", "version": 1, "sent_key": key_of(first.get(address).content.decode())}

    def click() -> None:
        client = Client()
        client.cookies = first.cookies
        gate.wait()
        answers.append(client.post(address, given))
        connection.close()

    threads = [threading.Thread(target=click) for _each in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {answer["Location"] for answer in answers} == {reverse(f"{LOANS}_change", args=[loan.pk])}
    assert loan.moves.filter(action="lose").count() == 1


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
