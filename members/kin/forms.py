"""What an officer fills in for a relative."""

from django import forms

from members.kin.enums import Relation
from members.kin.models import Kinship
from members.people.forms import PersonField
from union_portal.base.forms import DayField


class KinForm(forms.Form):
    """A relative: somebody registered, found by typing, or somebody new, by name."""

    relation = forms.ChoiceField(label="与本人关系", choices=Relation.choices)
    related = PersonField(label="已在册的人", required=False)
    name = forms.CharField(label="姓名", max_length=64, required=False)
    birth_date = DayField(label="出生日期", required=False)


class TakeBackForm(forms.Form):
    """A relation that was entered by mistake, or is no longer one."""

    kinship = forms.ModelChoiceField(label="亲属", queryset=Kinship.objects.none())
