"""The school's own standards, among its first steps."""

from django.db.models import Q

from union_portal.base.portal import Contribution, FirstStep, contribute
from welfare.benefits.models import BenefitRule

contribute(
    Contribution(
        first_steps=(
            FirstStep(
                key="standards",
                rank=70,
                title="核对福利项目，填写本校慰问标准",
                why="登记慰问时按标准带出金额、提示超标；平台自带的标准只是示例",
                by="生活福利委员",
                # The starting catalogue's amounts are examples: the first other one is the school's own.
                rows=lambda: BenefitRule.objects.filter(Q(standard__gt=0) | Q(cap__gt=0), example=False),
                unit="条标准",
                page="admin:welfare_benefitrule_changelist",
                permission="welfare.add_benefitrule",
                kind="benefit_rules",
            ),
        )
    )
)
