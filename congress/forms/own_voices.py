"""What members and departments write on their own pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from congress.enums import PETITION_ROLES
from congress.services import petitions
from union_portal.accounts.enums import Role
from union_portal.accounts.models import User

LONGEST = 5000


def _words(label: Any, *, rows: int, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": rows}), help_text=help_text
    )


class HandInForm(forms.Form):
    """A 金点子: what it is about and what is suggested."""

    title = forms.CharField(
        label=gettext_lazy("In one sentence"),
        max_length=100,
        widget=forms.TextInput(attrs={"placeholder": gettext_lazy("such as: lights that switch off by themselves")}),
    )
    text = _words(
        gettext_lazy("Your suggestion"),
        rows=8,
        help_text=gettext_lazy("What is the matter, what should be done, and what it would bring."),
    )


class PetitionForm(forms.Form):
    """A petition, and whose desk it goes to: offices with the names of who holds them today."""

    role = forms.TypedChoiceField(
        label=gettext_lazy("Who is to handle it"), coerce=Role, widget=forms.RadioSelect, choices=[]
    )
    subject = forms.CharField(label=gettext_lazy("What it is about"), max_length=100)
    text = _words(gettext_lazy("What happened, and what you ask for"), rows=10)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = []
        for role in PETITION_ROLES:
            holders = [one.name for one in petitions.handlers_for(role=role) if one.pk != user.pk]
            if holders:
                offered.append((role.value, f"{role.label}：{'、'.join(holders)}"))
        field = self.fields["role"]
        if isinstance(field, forms.TypedChoiceField):
            field.choices = offered
            # Who reads it is the petitioner's own choice; only where there is none it is made for him.
            field.initial = offered[0][0] if len(offered) == 1 else None
        self.nobody = not offered


class DepartmentAnswerForm(forms.Form):
    """A department's answer in writing."""

    answer = _words(gettext_lazy("Answer in writing"), rows=8)


class GiveBackForm(forms.Form):
    """Why a department gives a suggestion back."""

    reason = forms.CharField(
        label=gettext_lazy("Why it is not yours to answer"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
