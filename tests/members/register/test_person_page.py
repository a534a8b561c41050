"""A person's page: one line of episodes for who may see them; accounts for many with codes to print."""

import datetime as dt
import re

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from members.branches.services.assignments import assign_branch
from members.cohorts.models import CohortKind
from members.cohorts.services import add_to_cohort
from members.memberships.services import steps
from members.people.models import Person
from tests.factories import members as make
from tests.factories import rounds as welfare
from tests.factories.accounts import signed_in
from union_portal.accounts.enums import Access, Role
from union_portal.accounts.models import AccessEntry, OneTimeCode, User

DAY = dt.timedelta(days=1)
CODES = "/admin/members/person/codes/"


def test_a_life_is_one_line_newest_first_with_what_the_viewer_may_see() -> None:
    first, second = make.branch(name="甲分工会"), make.branch(name="乙分工会")
    person = make.member(branch=first)
    assign_branch(person=person, branch=second, on=dt.date(2020, 9, 1))
    kind = CohortKind.objects.create(code="t-kind", name="测试群体")
    add_to_cohort(person=person, kind=kind, on=dt.date(2018, 1, 1))
    welfare.approved()
    address = f"/admin/members/person/{person.pk}/change/"

    seen = signed_in(make.account_with_role(Role.WELFARE)).get(address).context["episodes"]
    assert [one.on for one in seen] == sorted((one.on for one in seen), reverse=True)
    titles = " ".join(str(one.title) for one in seen)
    assert all(word in titles for word in ("甲分工会", "乙分工会", "测试群体", "春节"))

    keeper = signed_in(make.account_with_role(Role.ORGANISATION)).get(address)
    assert "春节" not in " ".join(str(one.title) for one in keeper.context["episodes"])
    assert keeper.context["links"] == []


def test_the_page_asks_as_many_questions_for_a_long_life_as_for_a_short_one() -> None:
    person = make.member(branch=make.branch())
    client = signed_in(make.account_with_role(Role.WELFARE))
    address = f"/admin/members/person/{person.pk}/change/"
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for year in (2017, 2018, 2019):
        assign_branch(person=person, branch=make.branch(), on=dt.date(year, 1, 1))
        welfare.approved()
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)


def test_who_has_retired_since_is_shown_as_lists_and_counts_say() -> None:
    person = make.member(branch=make.branch(), employment="established")
    client = signed_in(make.account_with_role(Role.ORGANISATION))
    looker, address = signed_in(make.account_with_role(Role.AUDIT)), f"/admin/members/person/{person.pk}/change/"
    assert 'name="kind"' in client.get(address).content.decode()
    today = timezone.localdate()
    for day, kind, employment in ((today, "教职工", "established"), (today - DAY, "离退休人员", "retired")):
        Person.objects.filter(pk=person.pk).update(retired_on=day)
        page = client.get(address)
        shown = page.context["adminform"].form
        assert ("kind" in shown.fields, shown["employment"].value()) == (False, employment)
        assert kind in page.content.decode()
    looked = looker.get(address).content.decode()
    assert ("离退休人员" in looked, ">退休<" in re.sub(r"\s+", "", looked)) == (True, True)
    sent = {name: shown[name].value() or "" for name in shown.fields} | {"note": "已核对"}
    assert client.post(address, sent).status_code == 302
    person.refresh_from_db()
    assert (person.kind, person.employment, person.note) == ("staff", "established", "已核对")


@pytest.mark.parametrize("end", ["death", "transfer"])
def test_the_page_of_who_is_gone_is_for_reading_with_what_may_still_be_done(end: str) -> None:
    person, last = make.member(branch=make.branch(), note="旧"), dt.date(2026, 3, 31)
    client = signed_in(make.account_with_role(Role.ORGANISATION))
    address = f"/admin/members/person/{person.pk}/change/"
    page = client.get(address)
    assert "note" in page.context["adminform"].form.fields
    assert "_addanother" not in page.content.decode()
    if end == "death":
        steps.record_death(person=person, on=last)
    else:
        steps.transfer_out(person=person, on=last, counterpart="邻校工会")
    page = client.get(address)
    assert not page.context["adminform"].form.fields
    assert 'name="_save"' not in page.content.decode()
    assert f"/{person.pk}/correct-entry/" in page.content.decode()
    client.post(address, {"note": "新"})
    person.refresh_from_db()
    assert person.note == "旧"


def keeper_of_accounts() -> User:
    return make.account_with_role(Role.ORGANISATION, Role.ADMINISTRATOR)


def test_a_branch_gets_accounts_and_codes_after_a_sentence_that_counts_them() -> None:
    home = make.branch()
    people = [make.member(branch=home) for _ in range(3)]
    make.member(branch=make.branch())
    opened = make.account(of=people[0])
    client = signed_in(keeper_of_accounts())
    page = client.get(CODES, {"branch": home.pk}).content.decode()
    assert "3" in page
    assert not OneTimeCode.objects.exists()
    answer = client.post(CODES, {"branch": home.pk})
    rows = answer.context["rows"]
    assert {row["person"].pk for row in rows} == {person.pk for person in people}
    assert answer.context["made"] == 2
    assert all(row["code"] in answer.content.decode() for row in rows)
    assert OneTimeCode.objects.filter(user=opened).count() == 1
    subjects = AccessEntry.objects.filter(action=Access.CODE).values_list("subject", flat=True)
    assert set(subjects) == {person.staff_number for person in people}
    assert len(subjects) == 3


def test_who_has_signed_in_keeps_the_password_and_gets_no_code() -> None:
    home = make.branch()
    account = make.account(of=make.member(branch=home))
    client = Client()
    client.force_login(account)
    signed_in(keeper_of_accounts()).post(CODES, {"branch": home.pk})
    assert not OneTimeCode.objects.filter(user=account).exists()


def test_a_selection_of_the_list_leads_to_the_same_page() -> None:
    chosen, other = make.member(), make.member()
    client = signed_in(keeper_of_accounts())
    data = {"action": "open_accounts", ACTION_CHECKBOX_NAME: [chosen.pk]}
    answer = client.post("/admin/members/person/", data)
    assert answer.status_code == 302
    assert client.get(answer["Location"]).status_code == 200
    rows = client.post(CODES, {"people": str(chosen.pk)}).context["rows"]
    assert [row["person"] for row in rows] == [chosen]
    assert not OneTimeCode.objects.filter(user__person=other).exists()


def test_only_keepers_of_accounts_open_the_page() -> None:
    assert signed_in(make.account_with_role(Role.WELFARE)).get(CODES).status_code == 403


def test_who_sees_nobody_in_the_register_is_not_led_to_an_empty_form() -> None:
    client = signed_in(make.account_with_role(Role.ADMINISTRATOR))
    assert client.get(CODES).status_code == 403
    assert CODES not in client.get("/admin/").content.decode()


pytestmark = pytest.mark.django_db
