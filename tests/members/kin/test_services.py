"""Kin are recorded and taken back both ways."""

import pytest

from members.kin import services as kin
from members.kin.enums import Relation
from members.kin.models import Kinship
from members.people.enums import PersonKind
from tests.factories import members as make


def test_kin_are_recorded_both_ways_and_taken_back_both_ways() -> None:
    person = make.member()
    child = kin.register_kin(person=person, name="小明", relation=Relation.CHILD)
    assert child.kind == PersonKind.KIN
    assert Kinship.objects.get(person=child).relation == Relation.PARENT
    kin.remove_kin(kinship=Kinship.objects.get(person=person))
    assert not Kinship.objects.exists()


pytestmark = pytest.mark.django_db
