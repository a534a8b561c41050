"""What is asked of a standard."""

from django import forms

from members.kin.enums import Relation
from union_portal.base.forms import choices_widget
from welfare.benefits.models import BenefitRule


class BenefitRuleForm(forms.ModelForm[BenefitRule]):
    """A standard; whose death it is about is ticked."""

    relations = forms.MultipleChoiceField(
        label="亲属关系",
        choices=Relation.choices,
        required=False,
        widget=choices_widget(several=True),
        help_text="只用于亲属去世等慰问；都不选，即不限亲属关系。",
    )

    class Meta:
        model = BenefitRule
        fields = "__all__"  # noqa: DJ007 - the desk's page names them
