"""Forms of delegations and mandates."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.forms.models import fields_for_model
from django.utils import timezone

from congress.bodies.forms.people import PersonForm
from congress.bodies.models import Congress
from congress.delegates.enums import MandateEnd, MandateStart, Seat
from congress.delegates.models import Delegate, Delegation, UnitElection
from congress.delegates.services.mandates import branches_of
from members.branches.models import Branch
from union_portal.base.forms import DayField, OnForm, offering, today


def _of(name: str) -> Any:
    """Return how the model calls the field."""
    return Delegate._meta.get_field(name).verbose_name  # type: ignore[union-attr]  # noqa: SLF001


class ElectForm(PersonForm):
    seat = forms.TypedChoiceField(label=_of("seat"), choices=Seat.choices, coerce=Seat)
    on = DayField(label="起始", initial=today)
    election = forms.ModelChoiceField(UnitElection.objects.none(), label=_of("election"), required=False)
    unit = forms.ModelChoiceField(
        Branch.objects.none(), label=_of("unit"), required=False, help_text="选了选举的，按该次选举的单位。"
    )
    delegation = forms.ModelChoiceField(
        Delegation.objects.none(), label=_of("delegation"), required=False, help_text="不选则按选举单位确定。"
    )
    by = forms.TypedChoiceField(
        label=_of("began_by"),
        choices=[("", "—"), *MandateStart.choices],
        coerce=MandateStart,
        empty_value=None,
        required=False,
    )
    document = forms.CharField(label=_of("document"), max_length=200, required=False)


def elect_form(_admin: Any, _request: Any, congress: Congress) -> type[forms.Form]:
    """Return the form with the elections, units (of a branch's congress its own) and delegations of the congress."""
    units = Branch.objects.standing(on=timezone.localdate())
    return offering(
        ElectForm,
        election=congress.unit_elections.select_related("branch"),
        unit=units if congress.branch_id is None else units.filter(pk__in=branches_of(congress).values("pk")),
        delegation=congress.delegations.all(),
    )


class EndForm(OnForm):
    """How a mandate ends; the day is its last."""

    field_order = ("way", "on", "reason", "document")
    on = DayField(label="最后一天", initial=today)
    way = forms.TypedChoiceField(label=_of("ended_by"), choices=MandateEnd.choices, coerce=MandateEnd)
    reason = forms.CharField(label=_of("end_reason"), max_length=300, required=False, help_text="撤换须写明理由。")
    document = forms.CharField(label=_of("document"), max_length=200, required=False)


class PlaceForm(forms.Form):
    delegation = forms.ModelChoiceField(Delegation.objects.none(), label=_of("delegation"))


class CorrectForm(PersonForm):
    """What a mandate should have said."""

    on = DayField(label="起始")
    delegation = forms.ModelChoiceField(Delegation.objects.none(), label=_of("delegation"), required=False)
    reason = forms.CharField(label="原因", max_length=300, help_text="说明哪里录错了；原内容和原因保留在历史记录中。")


def of_one_congress(base: type[forms.Form]) -> Callable[[Any, Any, Delegate], type[forms.Form]]:
    """Return what an action takes as its form: the form with the delegations of the mandate's congress."""

    def form(_admin: Any, _request: Any, delegate: Delegate) -> type[forms.Form]:
        return offering(base, delegation=Delegation.objects.filter(congress=delegate.congress_id))

    return form


HeadsForm = type("HeadsForm", (forms.Form,), fields_for_model(Delegation, fields=("head", "deputy")))


def heads_form(_admin: Any, _request: Any, delegation: Delegation) -> type[forms.Form]:
    """Return the form with the delegation's own delegates."""
    mine = Delegate.objects.voting().filter(delegation=delegation, valid_to=None).select_related("person")
    return offering(HeadsForm, head=mine, deputy=mine)
