"""What an address may ask of a list, and what leaves the portal as its export."""

import io
from typing import Any

import openpyxl
import pytest
from django.contrib.admin.templatetags.admin_list import result_headers
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.accounts import officer
from tests.factories.states import put
from tests.sample.models import Loan, LoanState, Notice, Shelf
from tests.sample.rows import DAY, LOANS, NOTICES, lent
from union_portal.accounts.enums import Role
from union_portal.accounts.models import AccessEntry
from union_portal.base.admin import RecordAdmin
from union_portal.base.admin.drawer import DRAWER

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.sample.urls")]


def sheet_of(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data)).active


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


def test_a_long_list_is_counted_and_leafed_through_so_far_and_no_further(desk: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr("union_portal.base.admin.pages.COUNTED", 3)
    address = reverse(f"{NOTICES}_changelist")
    for number in range(3):
        Notice.objects.create(title=f"第{number}则", posted_on=DAY)
    assert "共 3 条" in desk.get(address).content.decode()
    Notice.objects.create(title="又一则", posted_on=DAY)
    with CaptureQueriesContext(connection) as asked:
        page = desk.get(address)
    assert page.context["cl"].result_count == 3
    assert "多于 3 条" in page.content.decode()
    (count,) = [one["sql"] for one in asked if "COUNT(" in one["sql"] and "sample_notice" in one["sql"]]
    assert "LIMIT 4" in count
    assert desk.get(address, {"q": "又一则"}).context["cl"].result_count == 1


def test_a_full_list_is_small_escapes_what_rows_hold_and_leads_to_their_pages(desk: Client) -> None:
    made = [Notice.objects.create(title=f"<b>第{number}则</b>", posted_on=DAY) for number in range(50)]
    address = reverse(f"{NOTICES}_changelist")
    page = desk.get(address, {"kind__exact": made[0].kind}).content.decode()
    assert page.count('class="data-row"') == 50
    assert "&lt;b&gt;第7则&lt;/b&gt;" in page
    assert "<b>第7则" not in page
    assert f"{made[7].pk}/change/?_changelist_filters=kind__exact%3D" in page
    assert len(page.encode()) < 120 * 1024
    popup = desk.get(address, {"_popup": "1"}).content.decode()
    assert f'data-popup-opener="{made[7].pk}"' in popup
    empty = desk.get(address, {"q": "没有这一则"}).content.decode()
    assert 'class="data-row"' not in empty


def test_related_rows_are_found_by_typing_and_only_visible_ones(client: Client) -> None:
    Shelf.objects.create(name="一号架", code="A1")
    Shelf.objects.create(name="二号架", code="A2", branch_only=True)
    query = {"term": "号架", "app_label": "sample", "model_name": "loan", "field_name": "shelf"}
    for role, count in ((Role.ACTIVITIES, 2), (Role.BRANCH_CHAIR, 1)):
        client.force_login(officer(role))
        found = client.get(reverse("admin:autocomplete"), query).json()["results"]
        assert len(found) == count


def test_a_filter_lists_few_related_rows_and_lets_many_be_typed_and_names_only_visible_ones(client: Client) -> None:
    shelves = [Shelf.objects.create(name=f"{n}号架", code=f"A{n:02}", branch_only=n > 40) for n in range(50)]
    address, key = reverse(f"{LOANS}_changelist"), "shelf__id__exact"
    client.force_login(officer(Role.ACTIVITIES))
    page = client.get(address, {key: shelves[3].pk, DRAWER: 1}).content.decode()
    assert 'title="4号架"' not in page
    assert ">3号架</option>" in page
    assert ">4号架</option>" not in page
    assert "unfold-filter-autocomplete" in page
    client.force_login(officer(Role.BRANCH_CHAIR))
    page = client.get(address, {key: shelves[3].pk, DRAWER: 1}).content.decode()
    assert page.count('号架">') == 9
    assert '"3号架"' not in page


def test_a_filter_lists_all_related_rows_where_their_own_list_cannot_be_searched(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(RecordAdmin, "get_search_fields", lambda *_asked: ())
    for number in range(40):
        Shelf.objects.create(name=f"{number}号架", code=f"A{number:02}")
    page = desk.get(reverse(f"{LOANS}_changelist"), {DRAWER: 1}).content.decode()
    assert page.count('号架">') == 40
    assert "unfold-filter-autocomplete" not in page


def test_whoever_may_take_a_row_on_asks_for_those_that_wait(client: Client) -> None:
    out, back, lost = lent("投影仪"), lent("音箱"), lent("话筒")
    put(Loan.objects.filter(pk=back.pk), LoanState.BACK, returned_on=DAY)
    put(Loan.objects.filter(pk=lost.pk), LoanState.LOST)
    address = reverse(f"{LOANS}_changelist")
    client.force_login(officer(Role.ACTIVITIES))
    page = client.get(address, {"mine": "yes", DRAWER: "1"})
    assert set(page.context["cl"].result_list) == {out, lost}
    assert "待我处理" in page.content.decode()
    client.force_login(officer(Role.BRANCH_CHAIR))
    assert "待我处理" not in client.get(address, {DRAWER: 1}).content.decode()


def test_a_card_leads_with_the_name_and_leaves_out_what_says_nothing(desk: Client) -> None:
    lent("投影仪", due_on=DAY)
    lent("音箱")
    page = desk.get(reverse(f"{LOANS}_changelist")).content.decode()
    assert page.count('<th data-label="物品">') == 2
    assert page.count('class="up-list__day up-list__none" data-label="应还日期">—<') == 1
    assert page.count('class="up-list__state" data-label="状态"') == 2


def test_the_export_has_what_the_list_leaves_out(desk: Client) -> None:
    lent("投影仪", returned_on=DAY)
    list_, address = (reverse(f"{LOANS}_{page}") for page in ("changelist", "export"))
    assert "归还日期" not in [one["text"] for one in result_headers(desk.get(list_).context["cl"])]
    headings, row = sheet_of(exported(desk, address, {}).content).values
    assert headings[:6] == ("物品", "借出日期", "应还日期", "货架", "借用人", "状态")
    assert dict(zip(headings, row, strict=True))["归还日期"].date() == DAY


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
