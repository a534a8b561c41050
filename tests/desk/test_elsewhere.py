"""A row that is not among the account's own: a branch's chair is told so, and nobody is led away without a word."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import members, rounds
from tests.factories.accounts import signed_in
from union_portal.accounts.enums import Role
from welfare.mutual_aid.models import Cover, MutualAidPlan

pytestmark = pytest.mark.django_db
NOT_YOURS = "不属于您的分工会"


@pytest.fixture(autouse=True)
def one_factor(settings: Any) -> None:
    settings.PORTAL_STAFF_TOTP = False


def page_of(row: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def test_a_branch_chair_is_told_that_a_row_is_not_the_own_branchs() -> None:
    own, other = members.branch(), members.branch()
    person, today = members.member(branch=other), timezone.localdate()
    made = rounds.approved()
    plan = MutualAidPlan.objects.earliest("code")
    days = {"starts_on": today, "paid_on": today, "ends_on": today + dt.timedelta(days=300)}
    cover = Cover.objects.create(person=person, plan=plan, source="投保名单", **days)
    desk = signed_in(members.account_with_role(Role.BRANCH_CHAIR, branches=(own,)))
    for row in (person, other, made.grants.get(), cover, made):
        answer = desk.get(page_of(row))
        assert (answer.status_code, NOT_YOURS in answer.content.decode()) == (404, True), row
    assert desk.get(page_of(own)).status_code == 200


def test_whoever_sees_the_school_is_told_that_there_is_no_such_page() -> None:
    person = members.member()
    address = page_of(person).replace(str(person.pk), "999999")
    answer = signed_in(members.account_with_role(Role.ORGANISATION)).get(address)
    assert answer.status_code == 404
    assert "没有这个页面" in answer.content.decode()
