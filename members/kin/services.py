"""Recording and taking back who is related to whom."""

from typing import Any

from django.db import transaction

from members.kin.enums import Relation
from members.kin.models import Kinship
from members.people.enums import PersonKind
from members.people.models import Person
from members.people.services import normal_name, register_person
from union_portal.base.errors import Refused
from union_portal.base.steps import hold, saved

_INVERSE = {
    Relation.SPOUSE: Relation.SPOUSE,
    Relation.SIBLING: Relation.SIBLING,
    Relation.PARENT: Relation.CHILD,
    Relation.CHILD: Relation.PARENT,
}


@transaction.atomic
def add_kin(*, person: Person, related: Person, relation: str, both_ways: bool = True) -> Kinship:
    """Record that `related` is the person's spouse, child …; the reverse is recorded too where it has a name."""
    for one in sorted({person, related}, key=lambda one: one.pk):
        hold(one)  # in one order, so that both ways entered at once wait for each other
    kinship = saved(Kinship(person=person, related=related, relation=relation))
    inverse = _INVERSE.get(Relation(relation))
    if both_ways and inverse is not None and not Kinship.objects.filter(person=related, related=person).exists():
        saved(Kinship(person=related, related=person, relation=inverse))
    return kinship


@transaction.atomic
def register_kin(*, person: Person, name: str, relation: str, **details: Any) -> Person:
    """Enter somebody outside the school as a person's relative; returns the relative. Refused for one named alike."""
    known = hold(person).kin.filter(related__name=normal_name(name)).select_related("related").first()
    if known is not None:
        born = known.related.birth_date
        words = f"（{born} 出生）" if born else ""
        raise Refused(f"已登记过亲属{known.related.name}{words}，关系为{known.get_relation_display()}。", field="name")
    details.setdefault("kind", PersonKind.KIN)
    related = register_person(name=name, **details)
    add_kin(person=person, related=related, relation=relation)
    return related


@transaction.atomic
def remove_kin(*, kinship: Kinship) -> None:
    """Take back a relation that does not exist (any longer), both ways."""
    Kinship.objects.filter(person=kinship.related, related=kinship.person).delete()
    kinship.delete()
