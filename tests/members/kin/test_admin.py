"""Relatives on a person's page."""

import pytest
from django.urls import reverse

from members.kin import services as kin
from members.kin.enums import Relation
from members.kin.models import Kinship
from tests.factories import members
from tests.factories.accounts import signed_in
from tests.factories.rounds import officer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_factor")]


def test_a_relative_entered_by_mistake_is_taken_back_both_ways_and_no_other() -> None:
    person, spouse, other = (members.member() for _ in range(3))
    kin.add_kin(person=person, related=spouse, relation=Relation.SPOUSE)
    kin.add_kin(person=other, related=spouse, relation=Relation.SIBLING)
    desk, address = signed_in(officer()), reverse("admin:members_person_remove_relative", args=[person.pk])
    strange = desk.post(address, {"kinship": Kinship.objects.get(person=other).pk})
    assert strange.status_code == 422
    assert Kinship.objects.count() == 4
    desk.post(address, {"kinship": Kinship.objects.get(person=person).pk})
    assert set(Kinship.objects.values_list("person", flat=True)) == {other.pk, spouse.pk}
