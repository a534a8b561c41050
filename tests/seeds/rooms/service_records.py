"""Services of a year: schooling by stage, consultations, a sample of counselling, one help with housing."""

import datetime as dt
from typing import Any

from tests.factories import members
from tests.seeds.facts import Fact
from union_portal.base.periods import Period
from union_portal.base.steps import record
from welfare.service_records.enums import Stage
from welfare.service_records.models import ServiceKind, ServiceRecord

YEAR, EARLIER = Period.year(2023), Period(dt.date(2019, 1, 1), dt.date(2022, 12, 31))
TALKS = ("教职工子女升学政策咨询会", "高考志愿填报咨询会")
FACTS = (
    Fact("003-41", "welfare.services.child_schooling", "帮助教职工子女入学20人", EARLIER, 20, heads=20),
    Fact("004-60", "welfare.services.child_schooling.middle", "其中小升初180人", YEAR, 180, 180, 180),
    Fact("004-61", "welfare.services.child_schooling.high", "初升高114人", YEAR, 114, 114, 114),
    Fact("004-62", "welfare.services.consultation", f"（{'、'.join(TALKS)}）", YEAR, 2, times=2, items=TALKS),
    Fact("004-63", "welfare.services.consultation", "组织咨询2场", YEAR, 2, times=2),
    Fact("004-94", "welfare.services.counselling", "开展心理服务1项（心理服务样本创建）", YEAR, 1, times=1),
    Fact("004-96", "welfare.services.housing", "协助解决住房困难1件", YEAR, 1, heads=1, times=1),
)


def enter() -> None:
    """Enter one row for each person who was helped, and one for each event."""
    kinds = {kind.code: kind for kind in ServiceKind.objects.all()}

    def held(code: str, title: str, on: dt.date, **told: Any) -> None:
        record(ServiceRecord(kind=kinds[code], title=title, held_on=on, **told), actor=None)

    for stage, number, year in ((Stage.PRIMARY, 20, 2021), (Stage.MIDDLE, 180, 2023), (Stage.HIGH, 114, 2023)):
        for _number in range(number):
            held("child_schooling", "子女入学协调", dt.date(year, 6, 20), stage=stage, person=members.person())
    for title, day in zip(TALKS, (dt.date(2023, 5, 16), dt.date(2023, 6, 25)), strict=True):
        held("consultation", title, day, served=80)
    held("counselling", "心理服务样本创建", dt.date(2023, 9, 1))
    held("housing", "协调临时住房", dt.date(2023, 4, 2), person=members.person())
