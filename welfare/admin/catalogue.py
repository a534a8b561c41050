"""The catalogue: benefits, dated rules, occasions."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from union_portal.base.admin import PortalModelAdmin, display, object_action
from welfare.forms import DayForm
from welfare.models import Benefit, BenefitRule, Occasion
from welfare.services.catalogue import adopt_rule


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

    @display(description=gettext_lazy("standing"), label={"example": "warning", "rule": "success"})
    def kind(self, rule: BenefitRule) -> tuple[str, str]:
        """Tell examples from rules in force."""
        return ("example", _("example only")) if rule.example else ("rule", _("the school's rule"))

    @object_action(
        description=gettext_lazy("Adopt as the school's rule"),
        permission="welfare.change_benefitrule",
        form=DayForm,
        offered=lambda rule: rule.example,
        confirmation=lambda _admin, _request, rule: (
            _("“%(benefit)s” will be judged by this clause from the day on; the rule before it ends the day before.")
            % {"benefit": rule.benefit}
        ),
        icon="gavel",
        primary=True,
    )
    def adopt_example(self, request: HttpRequest, subject: BenefitRule, **data: object) -> str:  # noqa: ARG002
        """Make it a rule of the school."""
        made = adopt_rule(rule=subject, valid_from=data["on"])  # type: ignore[arg-type]
        return _("“%(rule)s” is in force.") % {"rule": made}


@admin.register(Occasion)
class OccasionAdmin(PortalModelAdmin[Occasion]):
    """What rounds are for."""

    list_display = ("name", "year", "festival", "day")
    list_filter = ("year", "festival")
    search_fields = ("name", "code")
    code_field = "code"
