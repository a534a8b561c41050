"""Unknown words of a list are explained once, on the preview or the command, and remembered."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from members.branches.models import BranchAssignment
from members.people.models import Person
from tests.factories import members
from tests.home.imports.uploads import upload
from tests.members.register import hr_spreadsheet
from union_portal.accounts.enums import Role
from union_portal.base.admin.returning import opened_from
from union_portal.base.importing.meanings import by_likeness
from union_portal.home.imports.enums import MappingState
from union_portal.home.imports.models import WordMapping
from union_portal.home.imports.portal import add_page
from union_portal.home.imports.services import meanings

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(settings: Any) -> Client:
    settings.PORTAL_STAFF_TOTP = False
    found = Client()
    found.force_login(members.account_with_role(Role.ORGANISATION))
    return found


def test_the_likeliest_comes_first() -> None:
    branches = ["图书馆分工会", "机关第二分工会", "机关第一分工会"]
    assert by_likeness("机关一分工会", branches)[0] == "机关第一分工会"
    assert by_likeness("辅导员", ["教师", "管理"], "管理")[0] == "管理"
    assert by_likeness("非常满意", ["不满意", "基本满意", "满意"], "满意")[0] == "满意"


EMPTY_TERMS = {"terms-TOTAL_FORMS": "0", "terms-INITIAL_FORMS": "0"}
HEADINGS = ("工号", "姓名", "岗位", "分工会", "是否会员", "入会时间")


def people(count: int, *, branch: str = "机关一分工会", post: str = "辅导员") -> list[list[Any]]:
    return [
        [f"{20260100 + place}", f"张{'一二三四五六七'[place]}", post, branch, "是", "2020-01-01"]
        for place in range(count)
    ]


def uploaded(client: Client, monkeypatch: Any, rows: list[list[Any]]) -> Any:
    monkeypatch.setattr("tests.home.imports.uploads.HEADINGS", HEADINGS)
    return upload(client, *rows)


def test_an_unknown_word_is_one_question_not_a_fault_a_row(client: Client, monkeypatch: Any) -> None:
    first = members.branch(name="机关第一分工会")
    members.branch(name="图书馆分工会")
    pending = uploaded(client, monkeypatch, people(5))
    asked = {one["word"]: one for one in pending.unknown}
    assert {word: (one["label"], len(one["rows"])) for word, one in asked.items()} == {
        "辅导员": ("岗位类别", 5),
        "机关一分工会": ("所属分工会", 5),
    }
    assert asked["辅导员"]["options"][0] == "管理"
    assert asked["机关一分工会"]["options"][0] == first.name
    assert (pending.counts["faults"], pending.counts["faulty"]) == (0, 5)
    shown = client.get(reverse("home:import_preview", args=[pending.pk])).content.decode()
    assert "没有认出的用语" in shown
    assert "保存全部数据" not in shown
    told = {f"word-{place}": one["options"][0] for place, one in enumerate(pending.unknown)}
    client.post(reverse("home:import_words", args=[pending.pk]), told)
    pending.refresh_from_db()
    assert (pending.unknown, pending.counts["new"]) == ([], 5)
    client.post(reverse("home:import_confirm", args=[pending.pk]))
    assert set(Person.objects.filter(staff_number__startswith="202601").values_list("post_category", flat=True)) == {
        "management"
    }
    assert BranchAssignment.objects.filter(branch=first).count() == 5
    again = uploaded(client, monkeypatch, people(7))
    assert (again.unknown, again.counts["unchanged"], again.counts["new"]) == ([], 5, 2)


def test_an_answer_that_was_not_offered_is_refused(client: Client, monkeypatch: Any) -> None:
    members.branch(name="机关第一分工会")
    pending = uploaded(client, monkeypatch, people(1, post="管理"))
    client.post(reverse("home:import_words", args=[pending.pk]), {"word-0": "别的分工会"})
    assert not WordMapping.objects.exists()


def test_who_adds_a_branch_from_the_preview_is_led_back_and_sees_the_row_mended(
    client: Client, monkeypatch: Any
) -> None:
    members.branch(name="图书馆分工会")
    pending = uploaded(client, monkeypatch, people(1))
    preview = reverse("home:import_preview", args=[pending.pk])
    shown = client.get(preview).content.decode()
    assert "新建“机关一分工会”" in shown
    assert "下载已标出问题的文件" in shown
    asked = [one["word"] for one in pending.unknown]
    told = {f"word-{asked.index('辅导员')}": "管理", "add": str(asked.index("机关一分工会"))}
    form = client.post(reverse("home:import_words", args=[pending.pk]), told)["Location"]
    assert form.startswith(reverse("admin:members_branch_add"))
    assert 'value="机关一分工会"' in client.get(form).content.decode()
    row = {"name": "机关一分工会", "code": "J1", "kind": "branch", "founded_on": "2000-01-01"}
    saved = client.post(form, row | EMPTY_TERMS, follow=True)
    assert saved.redirect_chain[-1][0] == preview
    assert "机关一分工会" in saved.content.decode()
    pending.refresh_from_db()
    assert (pending.unknown, pending.counts["new"], pending.counts["faulty"]) == ([], 1, 0)


def test_a_form_leads_nowhere_that_the_portal_did_not_write_for_the_account(client: Client, monkeypatch: Any) -> None:
    members.branch(name="图书馆分工会")
    stranger = members.account_with_role(Role.ORGANISATION)
    add = reverse("admin:members_branch_add")
    row = {"kind": "branch", "founded_on": "2000-01-01"} | EMPTY_TERMS
    written = opened_from(add, back="/admin/imports/", user=stranger)
    for place, address in enumerate((f"{add}?_back=https://example.org/", f"{add}?_back=/admin/", written)):
        saved = client.post(address, row | {"name": f"第{place}分工会", "code": f"C{place}"})
        assert saved["Location"] == reverse("admin:members_branch_changelist")


def test_who_may_not_add_a_branch_is_offered_no_form() -> None:
    told: Any = {"label": "members.branch", "word": "机关一分工会", "back": "/"}
    assert add_page(members.account_with_role(Role.ORGANISATION), **told)
    assert not add_page(members.account_with_role(Role.FINANCE), **told)


def test_a_mapping_is_changed_and_removed_on_the_desk(client: Client, monkeypatch: Any) -> None:
    members.branch(name="图书馆分工会")
    key = ("post_category", "辅导员")
    meanings.remember(kind="people", meanings={key: "管理"}, actor=None)
    one = WordMapping.objects.get()
    page = client.get(reverse("admin:home_wordmapping_change", args=[one.pk]))
    assert page.status_code == 200
    answer = client.post(reverse("admin:home_wordmapping_change", args=[one.pk]), {"value": "教辅"})
    assert answer.status_code == 302
    assert meanings.words_of("people") == {"post_category": {"辅导员": "教辅"}}
    meanings.remember(kind="people", meanings={key: "管理"}, actor=None)
    assert WordMapping.objects.get().value == "管理"
    client.post(reverse("admin:home_wordmapping_step_remove", args=[one.pk]), {"confirmed": "1", "confirm": "1"})
    one.refresh_from_db()
    assert one.state == MappingState.REMOVED
    assert meanings.words_of("people") == {}


def test_the_command_takes_and_remembers_what_words_mean(tmp_path: Path) -> None:
    members.branch(name="机关第一分工会")
    file = tmp_path / "人员.xlsx"
    file.write_bytes(hr_spreadsheet.workbook(people(3), headings=HEADINGS).read())
    said = io.StringIO()
    with pytest.raises(CommandError):
        call_command("import_records", "people", str(file), stdout=io.StringIO(), stderr=said)
    assert "--map post_category:辅导员=管理" in said.getvalue()
    assert said.getvalue().count("机关一分工会") == 2
    assert "先用 import_records branches 导入" in said.getvalue()
    told = ["--map", "岗位类型:辅导员=管理", "--map", "branch:机关一分工会=机关第一分工会"]
    call_command("import_records", "people", str(file), *told, stdout=io.StringIO())
    assert Person.objects.filter(post_category="management").count() == 3
    assert {one.value for one in WordMapping.objects.all()} == {"管理", "机关第一分工会"}
    with pytest.raises(CommandError):
        call_command("import_records", "people", str(file), "--map", "没有的列:a=b", stdout=io.StringIO())
