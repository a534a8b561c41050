"""Forms of departments and of who answers for them."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone

from congress.departments.enums import DepartmentDuty
from congress.departments.models import Department, DepartmentPost
from members.people.forms import PersonField
from members.people.models import Person
from union_portal.base.forms import DayField, choices_widget, offering


def standing_departments() -> Any:
    """Return the departments that may be assigned today."""
    today = timezone.localdate()
    return Department.objects.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=today))


class MergeDepartmentForm(forms.Form):
    """Into which department, on which day."""

    into = forms.ModelChoiceField(Department.objects.none(), label="并入")
    on = DayField(label="日期", initial=timezone.localdate)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        into: Any = self.fields["into"]
        into.queryset = standing_departments()


class AppointForm(forms.Form):
    """Who answers for a department, in which duty, from when."""

    person = PersonField(listed="living")
    duty = forms.ChoiceField(label="职责", choices=DepartmentDuty.choices, widget=choices_widget())
    on = DayField(label="起始", initial=timezone.localdate)

    def clean_person(self) -> Person:
        """Refuse the dead."""
        person: Person = self.cleaned_data["person"]
        if person.died_on is not None:
            raise forms.ValidationError(f"{person.name}已于 {person.died_on} 去世。")
        return person

    def clean_duty(self) -> DepartmentDuty:
        return DepartmentDuty(self.cleaned_data["duty"])


class EndPostForm(forms.Form):
    """Which post ends, and when."""

    post = forms.ModelChoiceField(DepartmentPost.objects.none(), label="职务", widget=choices_widget())
    on = DayField(label="最后一天", initial=timezone.localdate)


def end_post_form(department: Department) -> type[forms.Form]:
    """Return the form with the posts held in the department."""
    held: Any = DepartmentPost.objects.filter(department=department)
    posts = held.in_force(on=timezone.localdate()).select_related("person", "department")

    form = offering(EndPostForm, post=posts)
    form.base_fields["post"].label_from_instance = lambda one: f"{one.person.name} · {one.get_duty_display()}"  # type: ignore[attr-defined]
    return form


class DepartmentChoice(forms.ModelChoiceField[Department]):
    """A department that exists today."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "承办部门")
        super().__init__(Department.objects.filter(closed_on=None), **kwargs)
