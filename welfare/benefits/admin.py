"""The catalogue of benefits, their dated rules and the occasions, on the desk."""

import datetime as dt

from django.contrib import admin
from django.http import HttpRequest

from union_portal.base.admin import RecordAdmin, display, object_action
from union_portal.base.forms import OnForm
from welfare.benefits.models import Benefit, BenefitRule, Occasion
from welfare.benefits.services import adopt_rule


@admin.register(Benefit)
class BenefitAdmin(RecordAdmin[Benefit]):
    list_display = ("name", "category", "form", "event_kind", "account", "active")
    list_filter = ("category", "form", "active")
    code_field = "code"


@admin.register(BenefitRule)
class BenefitRuleAdmin(RecordAdmin[BenefitRule]):
    list_display = ("benefit", "variant", "form", "standard", "cap", "cap_basis", "valid_from", "valid_to", "kind")
    list_filter = ("example", "benefit__category", "cap_basis")
    search_fields = ("benefit__name", "source")
    actions_detail = ("adopt_example",)

    @display(description="状态", label={"example": "warning", "rule": "success"})
    def kind(self, rule: BenefitRule) -> tuple[str, str]:
        return ("example", "仅为示例") if rule.example else ("rule", "本校标准")

    @object_action(
        description="采用为本校标准",
        permission="welfare.change_benefitrule",
        form=OnForm,
        offered=lambda rule: rule.example,
        confirmation=lambda _admin, _request, rule: (
            f"自所选日期起，“{rule.benefit}”将按此条款审核；原标准到前一日为止。"
        ),
        icon="gavel",
        primary=True,
    )
    def adopt_example(self, request: HttpRequest, subject: BenefitRule, on: dt.date) -> str:  # noqa: ARG002
        return f"“{adopt_rule(rule=subject, valid_from=on)}”已生效。"


@admin.register(Occasion)
class OccasionAdmin(RecordAdmin[Occasion]):
    list_display = ("name", "year", "festival", "day")
    list_filter = ("year", "festival")
    code_field = "code"
