"""A person's relatives: looked at below the person, recorded by a step."""

import datetime as dt

from django.http import HttpRequest

from members.kin import services
from members.kin.forms import KinForm, TakeBackForm
from members.kin.models import Kinship
from members.people.models import Person
from union_portal.base.admin import object_action
from union_portal.base.forms import offering


def _alive(person: Person) -> bool:
    return person.died_on is None


def _related(person: Person) -> bool:
    return Kinship.objects.filter(person=person).exists()


class KinStep:
    """Mixed into the person's page."""

    @object_action(
        description="登记亲属", permission="members.add_kinship", form=KinForm, offered=_alive, icon="family_restroom"
    )
    def add_relative(
        self,
        _request: HttpRequest,
        subject: Person,
        *,
        relation: str,
        related: Person | None,
        name: str,
        birth_date: dt.date | None,
    ) -> str:
        """Relate two people, or register the relative."""
        if related is not None:
            services.add_kin(person=subject, related=related, relation=relation)
        else:
            services.register_kin(person=subject, name=name, relation=relation, birth_date=birth_date)
        return "亲属已登记。"

    @object_action(
        description="撤销亲属登记",
        permission="members.add_kinship",
        form=lambda _admin, _request, person: offering(TakeBackForm, kinship=Kinship.objects.filter(person=person)),
        offered=_related,
        confirmation=lambda *_asked: "该亲属关系双方的登记都将撤销；已发放的慰问记录不变。",
        icon="person_remove",
    )
    def remove_relative(self, _request: HttpRequest, _subject: Person, kinship: Kinship) -> str:
        """Take back a relation, both ways."""
        services.remove_kin(kinship=kinship)
        return f"已撤销：{kinship.related.name}（{kinship.get_relation_display()}）。"
