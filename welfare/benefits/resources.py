"""The school's own catalogue of benefits and its standards, by list."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from union_portal.base.importing.kinds import register_kind
from union_portal.base.importing.lists import ModelList
from welfare.benefits.models import Benefit, BenefitRule


@register_kind
class BenefitList(ModelList):
    model, name, key, order = Benefit, "benefits", ("name",), 45
    fields_in_order = (
        "name",
        "code",
        "category",
        "form",
        "event_kind",
        "account",
        "unit",
        "non_members",
        "active",
        "note",
    )
    synonyms = {
        "name": ("福利项目", "项目名称", "慰问项目"),
        "code": ("代码", "编号"),
        "form": ("发放形式",),
        "non_members": ("非会员适用",),
        "active": ("是否启用",),
    }


@register_kind
class BenefitRuleList(ModelList):
    """The school's own standards, each from a day on; examples judge nothing, and are the catalogue's."""

    model, name, order = BenefitRule, "benefit_rules", 46
    key = ("benefit", "category", "level", "variant", "payer", "cap_basis", "valid_from")
    help = "模板中已列出现行标准，填好金额即可导入；以后换新标准时，给原标准填上终止日期，另起一行写新标准。"
    fields_in_order = (
        *("benefit", "category", "level", "variant", "form", "standard", "cap", "cap_basis", "inclusive"),
        *("valid_from", "valid_to", "payer", "relations", "population", "times", "per_years"),
        *("same_condition_once", "couples", "date_basis", "claim_length", "claim_unit", "grace_days", "severity"),
        *("evidence", "issuer", "document", "source"),
    )
    synonyms = {
        "benefit": ("项目名称", "慰问项目"),
        "form": ("发放形式",),
        "standard": ("标准", "金额"),
        "cap": ("上限", "最高"),
        "source": ("依据", "文件依据"),
        "times": ("每年次数",),
        "claim_length": ("申请期限（天）",),
    }

    def rows_to_complete(self) -> list[list[Any]]:
        """Offer the standards in force: what the starting catalogue brings has no amounts."""
        standing: Any = self.get_queryset()
        return [self.export_resource((rule, {})) for rule in standing.in_force(on=timezone.localdate())]

    def get_queryset(self) -> QuerySet[Any]:
        """Leave the examples out."""
        return super().get_queryset().filter(example=False)

    def is_known(self, record: Sequence[Any]) -> bool:
        """Take an example of the same day for another row."""
        return not record[self._places["example"]]
