"""Forms of delegations and mandates."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone

from congress.bodies.forms.people import OnForm, PersonForm, today
from congress.bodies.models import Congress
from congress.delegates.enums import MandateEnd, MandateStart, Seat
from congress.delegates.models import Delegate, Delegation, UnitElection
from members.branches.models import Branch


class ElectForm(PersonForm):
    """A mandate: who, of which kind, elected where."""

    seat = forms.ChoiceField(label="代表类别", choices=Seat.choices)
    on = forms.DateField(label="起始", widget=forms.DateInput, initial=today)
    election = forms.ModelChoiceField(label="选举", queryset=UnitElection.objects.none(), required=False)
    unit = forms.ModelChoiceField(
        label="选举单位",
        queryset=Branch.objects.none(),
        required=False,
        help_text="选了选举的，按该次选举的单位。",
    )
    delegation = forms.ModelChoiceField(
        label="代表团",
        queryset=Delegation.objects.none(),
        required=False,
        help_text="不选则按选举单位确定。",
    )
    by = forms.ChoiceField(label="起始方式", choices=[("", "—"), *MandateStart.choices], required=False)
    document = forms.CharField(label="决定文件", max_length=200, required=False)


def elect_form(_admin: Any, _request: Any, congress: Congress) -> type[ElectForm]:
    """Return the form with the elections, units and delegations of the congress."""

    class Form(ElectForm):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            _offer(self, "election", congress.unit_elections.select_related("branch"))
            _offer(self, "unit", _units(congress))
            _offer(self, "delegation", congress.delegations.all())

    return Form


def _units(congress: Congress) -> Any:
    """Return the units that may elect: of a branch's congress the branch and the groups below it."""
    found = Branch.objects.standing(on=timezone.localdate())
    home = congress.branch_id
    return found if home is None else found.filter(Q(pk=home) | Q(parent=home) | Q(parent__parent=home))


class EndForm(OnForm):
    """How a mandate ends; the day is its last."""

    field_order = ("way", "on", "reason", "document")
    on = forms.DateField(label="最后一天", widget=forms.DateInput, initial=today)
    way = forms.ChoiceField(label="终止方式", choices=MandateEnd.choices)
    reason = forms.CharField(label="原因", max_length=300, required=False, help_text="撤换须写明理由。")
    document = forms.CharField(label="决定文件", max_length=200, required=False)


class CorrectForm(PersonForm):
    """What a mandate should have said."""

    on = forms.DateField(label="起始", widget=forms.DateInput)
    delegation = forms.ModelChoiceField(label="代表团", queryset=Delegation.objects.none(), required=False)
    reason = forms.CharField(label="原因", max_length=300, help_text="说明哪里录错了；原内容和原因保留在历史记录中。")


def correct_form(_admin: Any, _request: Any, delegate: Delegate) -> type[CorrectForm]:
    """Return the form with the delegations of the mandate's congress."""

    class Form(CorrectForm):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            _offer(self, "delegation", Delegation.objects.filter(congress=delegate.congress_id))

    return Form


class HeadsForm(forms.Form):
    """Head and deputy of a delegation."""

    head = forms.ModelChoiceField(label="团长", queryset=Delegate.objects.none(), required=False)
    deputy = forms.ModelChoiceField(label="副团长", queryset=Delegate.objects.none(), required=False)


def heads_form(_admin: Any, _request: Any, delegation: Delegation) -> type[HeadsForm]:
    """Return the form with the delegation's own delegates."""

    class Form(HeadsForm):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            mine = Delegate.objects.voting().filter(delegation=delegation, valid_to=None).select_related("person")
            _offer(self, "head", mine)
            _offer(self, "deputy", mine)

    return Form


class PlaceForm(forms.Form):
    """A delegation to put delegates into."""

    delegation = forms.ModelChoiceField(label="代表团", queryset=Delegation.objects.none())


def place_form(_admin: Any, _request: Any, delegate: Delegate) -> type[PlaceForm]:
    """Return the form with the delegations of the delegate's congress."""

    class Form(PlaceForm):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            _offer(self, "delegation", Delegation.objects.filter(congress=delegate.congress_id))

    return Form


def _offer(form: forms.Form, name: str, rows: Any) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = rows
