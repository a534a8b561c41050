"""What is asked of a standard."""

from typing import Any

from django import forms

from members.kin.enums import Relation
from members.people.enums import PersonKind
from union_portal.base.forms import choices_widget
from welfare.benefits.enums import CapBasis
from welfare.benefits.models import BenefitRule
from welfare.benefits.services import PLACE, in_place_of, running


class BenefitRuleForm(forms.ModelForm[BenefitRule]):
    """A standard; whose death it is about is ticked."""

    relations = forms.MultipleChoiceField(
        label="亲属关系",
        choices=Relation.choices,
        required=False,
        widget=choices_widget(several=True),
        help_text="只用于亲属去世等慰问；都不选，即不限亲属关系。",
    )

    population = forms.MultipleChoiceField(
        label="适用人员",
        choices=PersonKind.choices,
        required=False,
        widget=choices_widget(several=True),
        help_text="都不选，即不限在职、离退休。",
    )

    class Meta:
        model = BenefitRule
        fields = "__all__"  # noqa: DJ007 - the desk's page names them
        help_texts = {
            "variant": "同一项目分几种情形时填写，例如手术；不分则留空。",
            "cap": "留空则没有上限。",
            "claim_length": "事情发生后多久以内可以申请；留空则不限。",
            "evidence": "登记慰问时提示经办人收取，例如住院证明。",
            "source": "例如《会员慰问办法》第八条。",
            "valid_from": "同一层级、同一项目和情形的现行标准自动到前一日为止。",
            "valid_to": "留空则长期有效。",
            "example": "示例只供参考，不用于核算。",
        }

    def clean(self) -> dict[str, Any]:
        """Let a new standard follow the one in force, and name the one that it would overlap."""
        told: dict[str, Any] = super().clean() or {}
        standard, cap = told.get("standard"), told.get("cap")
        each = told.get("cap_basis") == CapBasis.PER_EVENT
        if each and standard is not None and cap is not None and cap < standard:
            self.add_error("cap", "每次上限不能低于标准。")
        self.follows = False
        if self.instance.pk is None and told.get("valid_from"):
            self._follow(told)
        return told

    def _follow(self, told: dict[str, Any]) -> None:
        names = (*PLACE, "example", "valid_from", "valid_to")
        rule = BenefitRule(**{name: told.get(name) for name in names if told.get(name) is not None})
        if rule.example:
            return
        later = in_place_of(rule).filter(valid_from__gte=rule.valid_from)
        if rule.valid_to:
            later = later.filter(valid_from__lte=rule.valid_to)
        if first := later.order_by("valid_from").first():
            words = f"自 {first.valid_from} 起已有标准（{first.source}）：请修改那一条，或把本条的终止日期填在它之前。"
            self.add_error("valid_to", words)
        self.follows = bool(first) or running(rule) is not None

    def _get_validation_exclusions(self) -> set[str]:
        # What overlaps is said above, or ends before this one is saved.
        found: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return {*found, "variant"} if self.follows else found
