"""What an officer fills in for a relative."""

from django import forms

from members.kin.enums import Relation
from members.people.forms import StaffNumberField
from union_portal.base.forms import DayField


class KinForm(forms.Form):
    """A relative: somebody registered, by staff number, or somebody new, by name."""

    relation = forms.ChoiceField(label="与本人关系", choices=Relation.choices)
    staff_number = StaffNumberField(required=False)
    name = forms.CharField(label="姓名", max_length=64, required=False)
    birth_date = DayField(label="出生日期", required=False)
