"""The catalogue of benefits, their dated rules and the occasions, on the desk."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from union_portal.base.admin import RecordAdmin, display, object_action
from union_portal.base.forms import OnForm
from union_portal.base.money import grouped
from welfare.benefits.enums import CapBasis, Category
from welfare.benefits.forms import BenefitRuleForm
from welfare.benefits.models import Benefit, BenefitRule, Occasion
from welfare.benefits.services import adopt_rule, make_way


class ExampleFilter(admin.SimpleListFilter):
    """The school's own rules in force today, unless somebody asks for others or for the examples."""

    title = "标准来源"
    parameter_name = "of"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:  # noqa: ARG002
        return [("own", "历次标准"), ("example", "示例"), ("all", "全部")]

    def choices(self, changelist: Any) -> Iterator[Any]:
        """Call what is shown first by its name."""
        for place, choice in enumerate(super().choices(changelist)):
            yield choice if place else {**choice, "display": "现行标准"}

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:  # noqa: ARG002
        if self.value() == "all":
            return queryset
        own: QuerySet[Any] = queryset.filter(example=self.value() == "example")
        return own if self.value() else own.in_force(on=timezone.localdate())  # type: ignore[attr-defined]


class CategoryFilter(admin.SimpleListFilter):
    """What a standard is about: an item of the category, or all of it."""

    title = "福利类别"
    parameter_name = "about"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:  # noqa: ARG002
        return list(Category.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:  # noqa: ARG002
        return queryset.filter(about(self.value() or "")) if self.value() else queryset


def about(category: str) -> Q:
    """Hold for the standards of a category: of its items, of all of it."""
    return Q(benefit__category=category) | Q(category=category)


@admin.register(Benefit)
class BenefitAdmin(RecordAdmin[Benefit]):
    change_form_outer_before_template = "welfare/benefits/in_force.html"
    list_display = ("name", "category", "form", "event_kind", "account", "active")
    list_filter = ("category", "form", "active")
    code_field = "code"

    def above_form(self, request: HttpRequest, subject: Benefit) -> dict[str, Any]:  # noqa: ARG002
        """Say which rules judge the benefit today."""
        wide = Q(benefit=None, category__in=(subject.category, ""))
        rules = BenefitRule.objects.filter(Q(benefit=subject) | wide)
        own = rules.in_force(on=timezone.localdate()).filter(example=False)
        return {
            "rules_in_force": list(own.order_by("variant", "pk")),
            "has_examples": rules.filter(example=True).exists(),
        }


def _folded(*fields: str) -> Any:
    return {"fields": fields, "classes": ("collapse",)}


@admin.register(BenefitRule)
class BenefitRuleAdmin(RecordAdmin[BenefitRule]):
    list_display = ("whose", "variant", "form", "standard", "cap_shown", "basis_shown")
    export_also = ("level", "issuer", "document", "source", "valid_from", "valid_to", "kind")
    list_select_related = ("benefit",)
    list_filter = (ExampleFilter, "level", CategoryFilter, "cap_basis")
    # A rule is looked up by its benefit, not by the year it began.
    date_hierarchy = None
    form = BenefitRuleForm
    # What nearly every standard says, then what only some say, which is folded up.
    fieldsets = (
        (
            "发什么、发多少、依据",
            {"fields": ("benefit", "form", "standard", "cap", "cap_basis", "source", "valid_from")},
        ),
        (
            "整类规定、层级和文件",
            _folded("category", "level", "issuer", "document", "valid_to", "inclusive", "example"),
        ),
        ("对谁", _folded("variant", "relations", "population", "payer", "couples")),
        ("次数和口径", _folded("times", "per_years", "same_condition_once", "date_basis", "severity")),
        ("申请期限和材料", _folded("claim_length", "claim_unit", "grace_days", "evidence")),
    )
    search_fields = ("benefit__name", "source")
    actions_detail = ("adopt_example",)

    def get_fieldsets(self, request: HttpRequest, obj: BenefitRule | None = None) -> Any:
        """Fold up only what this standard does not say."""
        blank = BenefitRule()

        def shown(laid: Any) -> Any:
            says = obj is not None and any(getattr(obj, name) != getattr(blank, name) for name in laid["fields"])
            return {"fields": laid["fields"]} if says else laid

        return [(title, shown(laid)) for title, laid in super().get_fieldsets(request, obj)]

    @display(description="福利项目", ordering="benefit__name")
    def whose(self, rule: BenefitRule) -> str:
        """Name the benefit, and what is not in force today as such."""
        today, name = timezone.localdate(), rule.scope
        if rule.example:
            return f"{name}（示例）"
        if rule.valid_from > today:
            return f"{name}（{rule.valid_from} 起）"
        return f"{name}（至 {rule.valid_to}）" if rule.valid_to and rule.valid_to < today else name

    @display(description="上限（元）", ordering="cap")
    def cap_shown(self, rule: BenefitRule) -> str:
        """Write an amount as the standard beside it, and a share as such."""
        if rule.cap is None:
            return ""
        return f"{rule.cap.normalize():f}%" if rule.cap_basis == CapBasis.INCOME_SHARE else grouped(rule.cap)

    @display(description="上限口径", ordering="cap_basis")
    def basis_shown(self, rule: BenefitRule) -> str:
        """Say by what a cap is measured, where there is one."""
        return "" if rule.cap is None else str(rule.get_cap_basis_display())

    def save_model(self, request: HttpRequest, obj: BenefitRule, form: Any, change: bool) -> None:
        """End the standard that a new one follows, and say so."""
        ended = None if change else make_way(rule=obj)
        super().save_model(request, obj, form, change)
        if ended is not None:
            messages.info(request, f"“{ended.scope}”原标准（{ended.valid_from} 起）到 {ended.valid_to} 为止。")

    @display(description="来源")
    def kind(self, rule: BenefitRule) -> str:
        return "仅为示例" if rule.example else f"{rule.get_level_display()}标准"

    @object_action(
        description="采用此标准",
        permission="welfare.change_benefitrule",
        form=OnForm,
        offered=lambda rule: rule.example,
        confirmation=lambda _admin, _request, rule: (
            f"自所选日期起，“{rule.scope}”将按此条款审核；同一层级的原标准到前一日为止。"
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
