"""What members and departments write on their own pages."""

from typing import Any

from django import forms

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
        label="一句话概括",
        max_length=100,
        widget=forms.TextInput(attrs={"placeholder": "例如：走廊灯改为感应灯"}),
    )
    text = _words(
        "您的建议",
        rows=8,
        help_text="请写明现状、建议做法和预期效果。",
    )


class PetitionForm(forms.Form):
    """A petition, and whose desk it goes to: offices with the names of who holds them today."""

    role = forms.TypedChoiceField(label="由谁处理", coerce=Role, widget=forms.RadioSelect, choices=[])
    subject = forms.CharField(label="事由", max_length=100)
    text = _words("经过与诉求", rows=10)

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

    answer = _words("书面答复", rows=8)


class GiveBackForm(forms.Form):
    """Why a department gives a suggestion back."""

    reason = forms.CharField(label="为什么不属于本部门答复", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
