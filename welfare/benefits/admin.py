"""The catalogue of benefits, their dated rules and the occasions, on the desk."""

from django.contrib import admin
from django.http import HttpRequest

from union_portal.base.admin import PortalModelAdmin, display, object_action
from union_portal.base.forms import OnForm
from welfare.benefits.models import Benefit, BenefitRule, Occasion
from welfare.benefits.services import adopt_rule


@admin.register(Benefit)
class BenefitAdmin(PortalModelAdmin[Benefit]):
    """What the union gives."""

    list_display = ("name", "category", "form", "event_kind", "account", "active")
    list_filter = ("category", "form", "active")
    search_fields = ("name", "code")
    list_select_related = ("account",)
    code_field = "code"


@admin.register(BenefitRule)
class BenefitRuleAdmin(PortalModelAdmin[BenefitRule]):
    """Standards and caps; a new version begins where the old one ends."""

    list_display = ("benefit", "variant", "form", "standard", "cap", "cap_basis", "valid_from", "valid_to", "kind")
    list_filter = ("example", "benefit__category", "cap_basis")
    search_fields = ("benefit__name", "source")
    list_select_related = ("benefit",)
    autocomplete_fields = ("benefit",)
    actions_detail = ("adopt_example",)

    @display(description="状态", label={"example": "warning", "rule": "success"})
    def kind(self, rule: BenefitRule) -> tuple[str, str]:
        """Tell examples from rules in force."""
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
    def adopt_example(self, request: HttpRequest, subject: BenefitRule, **data: object) -> str:  # noqa: ARG002
        """Make it a rule of the school."""
        made = adopt_rule(rule=subject, valid_from=data["on"])  # type: ignore[arg-type]
        return f"“{made}”已生效。"


@admin.register(Occasion)
class OccasionAdmin(PortalModelAdmin[Occasion]):
    """What rounds are for."""

    list_display = ("name", "year", "festival", "day")
    list_filter = ("year", "festival")
    search_fields = ("name", "code")
    code_field = "code"
