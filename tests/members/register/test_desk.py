"""The register on the staff desk: who sees whom, steps through services, reveals and exports in the log."""

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from members.branches.services import assignments
from members.cohorts import services as cohorts
from members.cohorts.models import CohortKind
from members.people.models import Person
from members.register.portal import member_facts
from tests.factories import members as make
from tests.factories.accounts import signed_in
from tests.members.register import hr_spreadsheet
from union_portal.accounts.enums import Access, DataClass, Role
from union_portal.accounts.models import AccessEntry

EXPORT = "/admin/members/person/export/"

D = dt.date
LIST = "admin:members_person_changelist"


def step(client: Client, person: Person, name: str, /, **data: Any) -> Any:
    address = f"/admin/members/person/{person.pk}/{name}/"
    return client.post(address, data, follow=True)


def confirmed(client: Client, person: Person, name: str, /, **data: Any) -> Any:
    """Take a step that first says what will follow."""
    looked = step(client, person, name, **data)
    assert "请核对，确认后办理" in looked.content.decode(), looked.content.decode()[-2000:]
    return step(client, person, name, sealed=looked.context["sealed"])


def shown(client: Client, **query: Any) -> list[Person]:
    answer = client.get(reverse(LIST), query)
    assert answer.status_code == 200
    return list(answer.context["cl"].queryset)


def test_list_and_detail_never_disagree_whoever_asks() -> None:
    mine, other = make.branch(), make.branch()
    group = make.branch(parent=mine)
    chair_person = make.member(branch=mine)
    people = [chair_person, *(make.member(branch=home) for home in (mine, group, other)), make.person()]
    moved = make.member(branch=mine)
    assignments.assign_branch(person=moved, branch=other, on=D(2020, 1, 1))
    people.append(moved)
    personas = {role: make.account_with_role(role) for role in Role if role is not Role.BRANCH_CHAIR}
    chair = make.account_with_role(Role.BRANCH_CHAIR, of=chair_person, branches=(mine,))
    for user in [*personas.values(), chair, make.account()]:
        visible = set(Person.objects.visible_to(user)) if user.has_perm("members.view_person") else set()
        assert visible == {person for person in people if user.has_perm("members.view_person", person)}, user.roles
    assert set(Person.objects.visible_to(chair)) == set(people[:3])
    assert personas[Role.AUDIT].has_perm("members.view_person", people[0])


def test_a_branch_chair_opens_the_own_people_only() -> None:
    mine, other = make.branch(), make.branch()
    near, far = make.member(branch=mine), make.member(branch=other)
    client = signed_in(make.account_with_role(Role.BRANCH_CHAIR, branches=(mine,)))
    assert shown(client) == [near]
    assert client.get(reverse("admin:members_person_change", args=[near.pk])).status_code == 200
    assert client.get(reverse("admin:members_person_change", args=[far.pk])).status_code in {302, 404}
    assert step(client, near, "retire-member", on="2024-01-01").status_code == 403
    assert step(client, far, "reveal-numbers", purpose="x").status_code == 404


def test_people_are_found_by_pinyin_and_by_the_whole_identity_number() -> None:
    number = hr_spreadsheet.identity_number(born=D(1990, 1, 2), male=True, place=3)
    wanted = make.member(name="张伟", identity_number=number)
    make.member(name="李娜")
    client = signed_in(make.account_with_role(Role.ORGANISATION))
    for text in ("zhangwei", "zw", "张伟", number):
        assert shown(client, q=text) == [wanted]
    auditor = signed_in(make.account_with_role(Role.AUDIT))
    assert shown(auditor, q=number) == []


def test_filters_ask_as_of_today() -> None:
    branch = make.branch()
    kind = CohortKind.objects.get(code="veteran")
    person = make.member(branch=branch, birth_date=D(1980, 3, 8))
    cohorts.add_to_cohort(person=person, kind=kind, on=D(2020, 1, 1))
    make.person(birth_date=D(1980, 4, 8))
    client = signed_in(make.account_with_role(Role.ORGANISATION))
    queries: tuple[dict[str, Any], ...] = (
        {"branch": branch.pk},
        {"membership": "active"},
        {"cohort": "veteran"},
        {"month": "3"},
    )
    for query in queries:
        assert shown(client, **query) == [person], query
    assert person not in shown(client, membership="none")


def test_steps_go_through_the_services_and_refusals_keep_the_input() -> None:
    old, new = make.branch(), make.branch()
    person = make.person()
    client = signed_in(make.account_with_role(Role.ORGANISATION))
    confirmed(client, person, "admit-member", on="2020-03-01", branch=old.pk)
    refused = step(client, person, "admit-member", on="2021-03-01", branch=old.pk)
    assert refused.status_code == 422
    assert "2021-03-01" in refused.content.decode()
    confirmed(client, person, "transfer-member", where="branch", on="2022-03-01", branch=new.pk)
    confirmed(client, person, "retire-member", on="2023-06-30", retain="on")
    assert person.assignments.count() == person.memberships.count() == 2
    confirmed(client, person, "record-death-of", on="2023-12-01")
    person.refresh_from_db()
    assert person.died_on == D(2023, 12, 1)
    page = client.get(reverse("admin:members_person_change", args=[person.pk])).content.decode()
    assert old.name in page
    assert "2023-12-01" in page or "2023年12月1日" in page


def test_a_person_is_registered_and_changed_by_the_form() -> None:
    client = signed_in(make.account_with_role(Role.ORGANISATION))
    data = {"staff_number": "77", "name": "曾　敏", "kind": "staff", "gender": "female"}
    client.post(reverse("admin:members_person_add"), data, follow=True)
    person = Person.objects.get(staff_number="77")
    assert (person.name, "zengmin" in person.search_key) == ("曾敏", True)
    client.post(reverse("admin:members_person_change", args=[person.pk]), {**data, "department": "文学院"}, follow=True)
    person.refresh_from_db()
    assert (person.name, person.department) == ("曾敏", "文学院")


def test_a_new_person_is_one_form_and_one_person_however_often_it_is_sent() -> None:
    branch = make.branch()
    client = signed_in(make.account_with_role(Role.ORGANISATION))
    address = reverse("admin:members_person_add")
    key = client.get(address).context["sent_key"]
    data = {
        "staff_number": "77",
        "name": "白安研",
        "kind": "staff",
        "birth_date": "1990.5.6",
        "employed_on": "2026年9月1日",
        "identity_kind": "passport",
        "identity_number": "e12345678",
        "mobile": "138 0013 8000",
        "bank_card": hr_spreadsheet.bank_card(7),
        "membership": "joined",
        "joined_on": "20260915",
        "branch": branch.pk,
        "sent_key": key,
    }
    for _time in range(2):
        assert client.post(address, data, follow=True).status_code == 200
    person = Person.objects.get(staff_number="77")
    assert (person.birth_date, person.employed_on) == (D(1990, 5, 6), D(2026, 9, 1))
    assert (person.identity_kind, person.identity_number, person.mobile) == ("passport", "E12345678", "13800138000")
    assert (person.memberships.get().valid_from, person.assignments.get().branch) == (D(2026, 9, 15), branch)
    wrong = {"staff_number": "78", "membership": "joined", "joined_on": "", "identity_number": "123456789"}
    refused = client.post(address, data | wrong | {"identity_kind": "resident", "sent_key": ""})
    assert "joined_on" in refused.context["adminform"].form.errors
    refused = client.post(address, data | wrong | {"identity_kind": "resident", "joined_on": "2026-09-15"})
    assert "identity_number" in refused.context["adminform"].form.errors
    assert not Person.objects.filter(staff_number="78").exists()


def test_every_day_on_the_desk_is_written_as_lists_write_it_and_the_refusal_shows_how() -> None:
    person = make.person()
    client = signed_in(make.account_with_role(Role.ORGANISATION))
    address = f"/admin/members/person/{person.pk}/add-relative/"
    for number, text in enumerate(("1990.5.6", "1990/5/6", "2026年9月1日", "20260901"), start=1):
        data = {"relation": "child", "name": f"孩子{'甲乙丙丁'[number - 1]}", "birth_date": text}
        page = client.post(address, data, follow=True)
        assert page.status_code == 200, page.content.decode()
    born = {kin.related.birth_date for kin in person.kin.select_related("related")}
    assert born == {D(1990, 5, 6), D(2026, 9, 1)}
    wrong = client.post(address, {"relation": "child", "name": "孩子", "birth_date": "202611"}).content.decode()
    assert "请写成 2026-09-01，也可以写 2026.9.1" in wrong


def test_steps_name_the_person_and_a_death_says_what_follows_before_it_is_recorded() -> None:
    branch = make.branch(name="文学院分工会")
    person = make.member(name="白安研", staff_number="20090012", branch=branch)
    client = signed_in(make.account_with_role(Role.ORGANISATION))
    for name, words in (("retire-member", "办理退休"), ("record-death-of", "登记去世"), ("correct-entry", "更正登记")):
        page = client.get(f"/admin/members/person/{person.pk}/{name}/").content.decode()
        assert f"{words}：白安研（20090012）" in page
    looked = step(client, person, "record-death-of", on="2026-05-04")
    assert "随之终止：会籍、在文学院分工会的归属。" in looked.content.decode()
    person.refresh_from_db()
    assert person.died_on is None
    confirmed(client, person, "record-death-of", on="2026-05-04")
    person.refresh_from_db()
    assert person.died_on == D(2026, 5, 4)
    page = client.get(reverse("admin:members_person_change", args=[person.pk])).content.decode()
    hidden = ("leave-union", "transfer-member", "rename-member", "retire-member", "add-place", "add-relative")
    assert all(f"/{person.pk}/{name}/" not in page for name in hidden)
    assert f"/{person.pk}/correct-entry/" in page
    # The form's address still answers, in words.
    for name, data in (("leave-union", {}), ("transfer-member", {"where": "out", "counterpart": "邻校工会"})):
        again = step(client, person, name, on="2026-05-04", **data)
        assert (again.status_code, "已于 2026-05-04 去世" in again.content.decode()) == (422, True)


def test_a_wrong_retirement_is_corrected_on_the_page_and_the_history_says_who_and_why() -> None:
    officer = make.account_with_role(Role.ORGANISATION)
    person = make.member()
    client = signed_in(officer)
    confirmed(client, person, "retire-member", on="2026-11-20", retain="on")
    assert step(client, person, "retire-member", on="2026-11-26", retain="on").status_code == 422
    asked = {"act": "retire:2026-11-20", "how": "day", "on": "2026-11-25", "why": "人事处通知为25日"}
    confirmed(client, person, "correct-entry", **asked)
    person.refresh_from_db()
    assert person.retired_on == D(2026, 11, 25)
    page = client.get(reverse("admin:members_person_change", args=[person.pk])).content.decode()
    assert "更正：退休 2026-11-20 应为 2026-11-25" in page
    assert "人事处通知为25日" in page
    assert officer.name in page


def test_numbers_are_masked_and_shown_only_for_a_logged_purpose() -> None:
    number = hr_spreadsheet.identity_number(born=D(1990, 1, 2), male=True, place=3)
    person = make.member(identity_number=number, mobile="13900001234")
    officer = make.account_with_role(Role.ORGANISATION)
    client = signed_in(officer)
    page = client.get(reverse("admin:members_person_change", args=[person.pk])).content.decode()
    assert number not in page
    assert "13900001234" not in page
    assert step(client, person, "reveal-numbers", purpose="").status_code == 422
    assert not AccessEntry.objects.filter(action=Access.REVEAL).exists()
    assert number in step(client, person, "reveal-numbers", purpose="核对互助保障投保").content.decode()
    entry = AccessEntry.objects.get(action=Access.REVEAL)
    assert (entry.user, entry.purpose, entry.data_class) == (officer, "核对互助保障投保", DataClass.IDENTITY)
    assert person.name not in entry.subject
    women = signed_in(make.account_with_role(Role.WOMEN))
    seen = step(women, person, "reveal-numbers", purpose="三八活动").content.decode()
    assert ("13900001234" in seen, number in seen) == (True, False)


def test_the_roster_holds_who_was_a_member_on_the_day_and_is_exported_with_a_purpose() -> None:
    old, new = make.branch(), make.branch()
    person = make.member(on=D(2020, 1, 1), branch=old, name="=1+1", mobile="13900001234")
    assignments.assign_branch(person=person, branch=new, on=D(2022, 1, 1))
    make.member(on=D(2023, 1, 1), branch=new)
    officer = make.account_with_role(Role.ORGANISATION)
    client = signed_in(officer)
    asked_for: dict[str, Any] = {"on": "2021-06-30", "branch": old.pk}
    roster = client.get(reverse("admin:members_person_roster"), asked_for)
    assert [row.pk for row in roster.context["page"]] == [person.pk]
    assert f"{EXPORT}?on=2021-06-30&amp;branch={old.pk}" in roster.content.decode()
    address = f"{EXPORT}?on=2021-06-30&state="
    with_contacts = {"format": 0, "resource": 1}
    assert "内容含有个人信息，请填写用途。" in client.post(address, with_contacts).content.decode()
    file = client.post(address, with_contacts | {"purpose": "春节慰问"})
    sheet = openpyxl.load_workbook(io.BytesIO(file.content)).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == 2
    assert {old.name, "=1+1", "13900001234"} <= set(rows[1])
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert AccessEntry.objects.get(action=Access.EXPORT).purpose == "春节慰问"
    auditor = signed_in(make.account_with_role(Role.AUDIT))
    assert auditor.post(address, {"format": 0, "resource": 0}).status_code == 403
    assert client.get(f"{EXPORT}?on=someday").status_code == 422


def test_the_list_of_people_leaves_by_one_way_and_its_numbers_only_for_whom_they_are() -> None:
    person = make.member(name="陈一", bank_card="6222020200112233446")
    make.member(name="李二")
    keeper, women = (signed_in(make.account_with_role(role)) for role in (Role.ORGANISATION, Role.WOMEN))
    page = keeper.get("/admin/members/person/").content.decode()
    assert (page.count("/admin/members/person/export/"), "export-people" in page) == (1, False)
    asked = {"format": 1, "resource": 3, "purpose": "发放"}
    text = keeper.post(f"{EXPORT}?q=陈一", asked).content.decode("utf-8-sig")
    assert ("6222020200112233446" in text, person.name in text, "李二" in text) == (True, True, False)
    assert AccessEntry.objects.get(action=Access.EXPORT).data_class == DataClass.IDENTITY
    assert "名册：含证件号和银行卡号" not in women.get(EXPORT).content.decode()
    refused = women.post(EXPORT, asked)
    assert refused["Content-Type"].startswith("text/html")


def test_the_member_sees_the_own_numbers_masked() -> None:
    person = make.member(mobile="13900001234")
    user = make.account(of=person)
    told = [value for _label, value in member_facts(user)]
    assert person.staff_number in told
    assert "13900001234" not in told


pytestmark = pytest.mark.django_db
