"""Forms of petitions, for who files and for who handles them."""

from typing import Any

from django import forms
from django.utils import timezone

from congress.petitions import services as petitions
from congress.petitions.enums import PETITION_ROLES
from union_portal.accounts.enums import Role
from union_portal.accounts.models import RoleAssignment, User
from union_portal.base.forms import choices_widget


class HandOverForm(forms.Form):
    """Who handles a petition from now on."""

    handlers = forms.ModelMultipleChoiceField(User.objects.none(), label="经办人", widget=choices_widget(several=True))
    reason = forms.CharField(label="原因", max_length=150)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["handlers"]
        field.queryset = may_handle()


def may_handle() -> Any:
    """Return the accounts that hold an office which takes petitions today."""
    holders = RoleAssignment.objects.filter(role__in=PETITION_ROLES).in_force(on=timezone.localdate())
    return User.objects.filter(pk__in=holders.values("user"), is_active=True).order_by("staff_number")


LONGEST = 5000


def long_words(label: Any, *, rows: int, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": rows}), help_text=help_text
    )


class PetitionForm(forms.Form):
    """A petition, and whose desk it goes to: offices with the names of who holds them today."""

    role = forms.TypedChoiceField(label="由谁处理", coerce=Role, widget=forms.RadioSelect, choices=[])
    subject = forms.CharField(label="事由", max_length=100)
    text = long_words("经过与诉求", rows=10)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = []
        for role in PETITION_ROLES:
            holders = [one.name for one in petitions.handlers_for(role=role) if one.pk != user.pk]
            if holders:
                offered.append((role.value, f"{role.label}：{'、'.join(holders)}"))
        field: Any = self.fields["role"]
        field.choices = offered
        # Who reads it is the petitioner's own choice; only where there is none it is made for him.
        field.initial = offered[0][0] if len(offered) == 1 else None
        self.nobody = not offered
