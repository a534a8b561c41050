"""Kin are recorded and taken back both ways."""

import pytest

from members.kin import services as kin
from members.kin.enums import Relation
from members.kin.models import Kinship
from members.people.enums import PersonKind
from tests.factories import members as make
from union_portal.base.errors import Refused


def test_kin_are_recorded_both_ways_and_taken_back_both_ways() -> None:
    person = make.member()
    child = kin.register_kin(person=person, name="小明", relation=Relation.CHILD)
    assert child.kind == PersonKind.KIN
    assert Kinship.objects.get(person=child).relation == Relation.PARENT
    kin.remove_kin(kinship=Kinship.objects.get(person=person))
    assert not Kinship.objects.exists()


def test_a_child_is_entered_once() -> None:
    person = make.member()
    kin.register_kin(person=person, name="小明", relation=Relation.CHILD)
    with pytest.raises(Refused, match="已登记过亲属小明，关系为子女"):
        kin.register_kin(person=person, name="小 明", relation=Relation.CHILD)
    kin.register_kin(person=make.member(), name="小明", relation=Relation.CHILD)


pytestmark = pytest.mark.django_db
