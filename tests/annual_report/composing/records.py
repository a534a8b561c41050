"""Records that a report counts, made in a line."""

import datetime as dt
from decimal import Decimal
from typing import Any

from members.people.models import Person
from members.totals.models import SummaryRecord
from union_portal.base import figures
from union_portal.base.figures import Figure, FigureRequest
from union_portal.base.periods import Period
from welfare.benefits.enums import Category, Form
from welfare.benefits.models import Benefit, Occasion
from welfare.grants.enums import GrantState
from welfare.grants.models import Grant
from welfare.mutual_aid.models import Cover, MutualAidPlan

YEAR = Period.year(2022)


def one(*kinds: str, period: Period = YEAR) -> Figure:
    return figures.count([FigureRequest("asked", kinds, period)])[0]


def benefit(category: Category, code: str = "") -> Benefit:
    code = code or f"test-{category}"
    return Benefit.objects.get_or_create(code=code, defaults={"name": code, "category": category, "form": Form.GOODS})[
        0
    ]


def occasion(name: str, festival: str = "") -> Occasion:
    return Occasion.objects.get_or_create(code=name, defaults={"name": name, "year": 2022, "festival": festival})[0]


def grant(to: Person, of: Benefit, on: dt.date, **fields: Any) -> Grant:
    fields.setdefault("occasion", occasion(f"occasion {on:%Y-%m}"))
    return Grant.objects.create(
        person=to,
        benefit=of,
        granted_on=on,
        received_on=on,
        state=GrantState.RECEIVED,
        form=of.form,
        offline_approval="纸质审批单",
        **fields,
    )


def cover(code: str, who: Person) -> Cover:
    plan = MutualAidPlan.objects.get_or_create(code=code, defaults={"name": code})[0]
    day, until = dt.date(2022, 3, 1), dt.date(2023, 2, 28)
    return Cover.objects.create(
        plan=plan, person=who, starts_on=day, ends_on=until, paid_on=day, premium=Decimal("60.00"), source="清单"
    )


def summary(*kinds: str, start: dt.date, end: dt.date, **measures: Any) -> SummaryRecord:
    return SummaryRecord.objects.create(
        kinds=list(kinds), period_start=start, period_end=end, source="2021年统计表", **measures
    )
