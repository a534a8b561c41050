"""A list of people brings its branches: chosen on the preview, founded when it is saved."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from members.branches.enums import BranchKind
from members.branches.models import Branch, BranchAssignment
from members.people.models import Person
from tests.factories import members
from tests.home.imports.uploads import upload
from union_portal.accounts.enums import Role
from union_portal.home.imports.models import ImportRecord
from union_portal.home.imports.services.history import take_back

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_factor")]
HEADINGS = ("工号", "姓名", "分工会", "是否会员", "来校时间")
BRANCHES = ("文学院分工会", "理学院分工会", "机关一分工会")


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr("tests.home.imports.uploads.HEADINGS", HEADINGS)
    found = Client()
    found.force_login(members.account_with_role(Role.ORGANISATION))
    members.branch(code="00", name="青岚学院工会", kind=BranchKind.SCHOOL, founded_on=dt.date(1950, 1, 1))
    return found


def rows() -> list[list[Any]]:
    return [
        [f"{20260100 + place}", f"张{'一二三四五六'[place]}", BRANCHES[place % 3], "是", "2019-09-01"]
        for place in range(6)
    ]


def at(name: str, pending: Any) -> str:
    return reverse(f"home:import_{name}", args=[pending.pk])


def shown(client: Client, pending: Any) -> str:
    pending.refresh_from_db()
    return client.get(at("preview", pending)).content.decode()


def test_branches_are_chosen_once_for_all_and_founded_with_the_list(client: Client) -> None:
    pending = upload(client, *rows())
    assert "新建没有登记过的 3 个分工会" in shown(client, pending)
    client.post(at("words", pending), {"bring": "branch"})
    page = shown(client, pending)
    assert "一并新建 3 个分工会" in page
    assert "成立于哪一天" in page
    assert "首次建册" in page
    assert Branch.objects.count() == 1
    client.post(at("answer", pending), {"founded_on": "2001-09-01", "newcomers": "recorded"})
    assert "将新建 3 个分工会；将新增 6 行" in shown(client, pending)
    assert Branch.objects.count() == 1
    client.post(at("confirm", pending))
    made = Branch.objects.exclude(code="00").order_by("name")
    assert set(made.values_list("name", "founded_on", "parent__code")) == {
        (name, dt.date(2001, 9, 1), "00") for name in BRANCHES
    }
    assert sorted(made.values_list("code", flat=True)) == ["01", "02", "03"]
    assert BranchAssignment.objects.filter(branch__in=made).count() == len(rows())


def test_a_list_whose_rows_are_there_already_moves_people_to_branches_that_it_brings(client: Client) -> None:
    old = members.branch(code="07", name="机关第一分工会")
    for number, name, *_rest in rows()[:2]:
        members.member(staff_number=number, name=name, branch=old, on=dt.date(2020, 9, 1))
    pending = upload(client, *rows()[:3])
    asked = {one["word"]: one for one in pending.unknown}
    assert asked["机关一分工会"]["near"] == old.name
    assert "新建没有登记过的 2 个分工会" in shown(client, pending)
    place = [one["word"] for one in pending.unknown].index("机关一分工会")
    client.post(at("words", pending), {"bring": "branch", f"word-{place}": old.name})
    pending.refresh_from_db()
    assert (pending.unknown, pending.brought) == ([], {"branch": ["文学院分工会", "理学院分工会"]})
    answers = {"founded_on": "2001-09-01", "newcomers": "recorded", "moved_on": "2026-01-01"}
    client.post(at("answer", pending), answers)
    client.post(at("confirm", pending))
    pending.refresh_from_db()
    assert pending.confirmed_at is not None
    assert set(Branch.objects.filter(code__in=("08", "09")).values_list("name", flat=True)) == set(BRANCHES[:2])
    record = ImportRecord.objects.get()
    assert record.actor is not None
    take_back(subject=record, actor=record.actor, why="传错了文件")
    assert set(Branch.objects.values_list("code", flat=True)) == {"00", "07"}


def test_the_choice_is_taken_back_before_saving(client: Client) -> None:
    pending = upload(client, *rows())
    client.post(at("words", pending), {"bring": "branch"})
    client.post(at("words", pending), {"bring_none": ""})
    pending.refresh_from_db()
    assert pending.brought == {}
    assert {one["word"] for one in pending.unknown} == set(BRANCHES)
    client.post(at("confirm", pending))
    assert not Person.objects.exists()
