"""Kinds of special group, and a person's places in them."""

from django.contrib import admin
from django.http import HttpRequest

from members.cohorts import services
from members.cohorts.forms import CohortForm
from members.cohorts.models import CohortKind
from members.people.models import Person
from union_portal.base.admin import RecordAdmin, object_action


@admin.register(CohortKind)
class CohortKindAdmin(RecordAdmin[CohortKind]):
    """特殊群体 as editable data."""

    list_display = ("name", "sensitive")
    search_fields = ("code", "name")
    code_field = "code"


class CohortStep:
    """Mixed into the person's page."""

    @object_action(
        description="加入特殊群体",
        permission="members.add_cohort",
        form=CohortForm,
        offered=lambda person: person.died_on is None,
        icon="label",
    )
    def add_place(self, _request: HttpRequest, subject: Person, *, kind: CohortKind, **values: object) -> str:
        """Add a place."""
        services.add_to_cohort(person=subject, kind=kind, **values)  # type: ignore[arg-type]
        return f"{subject.name}已列入{kind.name}。"
