"""A place in a special group is open once."""

import pytest

from members.cohorts import services as cohorts
from members.cohorts.models import CohortKind
from tests.factories import members as make
from tests.members.memberships.test_services import D
from union_portal.base.errors import DomainError


def test_a_place_in_a_special_group_is_open_once() -> None:
    kind = CohortKind.objects.get(code="model_worker")
    person = make.member()
    place = cohorts.add_to_cohort(person=person, kind=kind, on=D(2020, 5, 1))
    with pytest.raises(DomainError, match="已列入"):
        cohorts.add_to_cohort(person=person, kind=kind, on=D(2021, 5, 1))
    cohorts.end_cohort(cohort=place, on=D(2021, 12, 31))
    cohorts.add_to_cohort(person=person, kind=kind, on=D(2022, 5, 1))


pytestmark = pytest.mark.django_db
