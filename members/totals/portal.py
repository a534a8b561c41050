"""Totals of the years before the portal, among a school's first steps."""

from members.totals.models import SummaryRecord
from union_portal.base.portal import Contribution, FirstStep, contribute

contribute(
    Contribution(
        first_steps=(
            FirstStep(
                key="totals",
                rank=80,
                title="补录上一年的汇总数",
                why="第一份年度报告才有上年可比；按旧报告上的数填写，不需要明细",
                by="组织委员等经办人",
                rows=SummaryRecord.objects.all,
                unit="项汇总",
                page="admin:members_summaryrecord_add",
                permission="members.add_summaryrecord",
                kind="summary_records",
            ),
        )
    )
)
