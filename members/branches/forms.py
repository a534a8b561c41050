"""What an officer fills in for a branch, a term and an office."""

from typing import Any

from django import forms
from django.utils import timezone

from members.branches.enums import SINGLE, BranchKind, Position
from members.branches.models import Branch, Term
from members.people.forms import PeopleField, PersonField
from members.people.models import Person
from union_portal.base.forms import OnForm, fields_of


class BranchForm(OnForm):
    """The first day in a branch."""

    branch = forms.ModelChoiceField(label="分工会", queryset=Branch.objects.none())
    branch_needed = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["branch"]
        field.queryset, field.required = Branch.objects.standing(on=timezone.localdate()), self.branch_needed


class ElectForm(OnForm):
    """An election or by-election."""

    person = PersonField(listed="member")
    position = forms.ChoiceField(label="职务", choices=Position.choices)
    full_time = forms.BooleanField(label="专职", required=False)


class MergeForm(OnForm):
    """The branch that takes over."""

    into = forms.ModelChoiceField(label="并入", queryset=Branch.objects.all())


_DAYS = ("began_on", "ends_on", "requested_on", "approved_on")
_GROUPS = (BranchKind.GROUP, BranchKind.DIRECT_GROUP)
_POST = "post_"


def term_form(_admin: Any, _request: Any, branch: Branch) -> type[forms.Form]:
    """Return the form of an election: the term, and for every post of such a branch whoever was elected to it."""
    own = [one for one in Position if (one == Position.GROUP_LEADER) == (branch.kind in _GROUPS)]
    posts: dict[str, forms.Field] = {
        f"{_POST}{one.value}": PersonField(label=one.label, required=False, listed="member")
        if one in SINGLE
        else PeopleField(label=one.label, required=False, listed="member")
        for one in own
    }
    return type("TermForm", (forms.Form,), {**fields_of(Term, (*_DAYS, "document")), **posts})


def elected(values: dict[str, Any]) -> list[tuple[str, Person]]:
    """Take from what the form told who was elected to which post."""
    found: list[tuple[str, Person]] = []
    for name in [one for one in values if one.startswith(_POST)]:
        told = values.pop(name)
        people = [] if told is None else [told] if isinstance(told, Person) else list(told)
        found += [(name.removeprefix(_POST), person) for person in people]
    return found
