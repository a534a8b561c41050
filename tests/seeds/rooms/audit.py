"""What was looked over: a special inspection of three years (001-81)."""

import datetime as dt

from tests.seeds.facts import Fact
from union_portal.base.periods import Period
from union_portal.base.steps import record
from welfare.audit import services
from welfare.audit.models import Audit

TITLE = "2018-2020年工会经费管理使用“1+X”专项督查"
FACTS = (
    Fact(
        *("001-81", "welfare.audits", f"开展{TITLE}"),
        period=Period(dt.date(2021, 1, 1), dt.date(2021, 12, 31)),
        rows=1,
        times=1,
        items=(TITLE,),
    ),
)


def enter() -> None:
    """Enter the inspection and give its opinion."""
    audit = Audit(title=TITLE, kind="special", starts_on=dt.date(2018, 1, 1), ends_on=dt.date(2020, 12, 31))
    made = record(audit, actor=None)
    services.conclude(subject=made, concluded_on=dt.date(2021, 5, 6), opinion="基本合规", actor=None)
