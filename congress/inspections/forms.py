"""Forms of findings."""

from django import forms

from congress.departments.forms import DepartmentChoice
from congress.regulations.forms import today


class FindingForm(forms.Form):
    """What an inspection found, and who puts it right until when."""

    text = forms.CharField(label="发现的问题", widget=forms.Textarea(attrs={"rows": 4}))
    department = DepartmentChoice(required=False)
    due_on = forms.DateField(label="整改期限", widget=forms.DateInput, required=False)


class SettleForm(forms.Form):
    """What became of a finding."""

    right = forms.TypedChoiceField(
        label="落实情况",
        choices=[("yes", "已整改"), ("no", "已说明，无需整改")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        initial="yes",
    )
    result = forms.CharField(label="文字说明", widget=forms.Textarea(attrs={"rows": 4}))
    settled_on = forms.DateField(label="办结日期", widget=forms.DateInput, initial=today)
