"""Who sees which special group on the desk."""

import pytest
from django.urls import reverse

from members.cohorts import services as cohorts
from members.cohorts.models import CohortKind
from tests.factories import members as make
from tests.factories.accounts import signed_in
from tests.members.register.test_desk import D
from union_portal.accounts.enums import Role


def test_a_sensitive_group_is_not_shown_to_a_branch_chair() -> None:
    mine = make.branch()
    person = make.member(branch=mine)
    cohorts.add_to_cohort(person=person, kind=CohortKind.objects.get(code="hardship"), on=D(2020, 1, 1))
    address = reverse("admin:members_person_change", args=[person.pk])
    officer = signed_in(make.account_with_role(Role.WELFARE)).get(address).content.decode()
    chair = signed_in(make.account_with_role(Role.BRANCH_CHAIR, branches=(mine,))).get(address).content.decode()
    assert ("困难职工" in officer, "困难职工" in chair) == (True, False)


pytestmark = pytest.mark.django_db
