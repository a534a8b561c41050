"""疗休养: rules, batches and applications."""

import datetime as dt
import itertools
from typing import Any

from members.people.models import Person
from union_portal.base.steps import record, take
from welfare.recuperation.enums import Criterion, Frequency, Scope
from welfare.recuperation.models import RecuperationBatch, RecuperationRule, SelectionCriterion
from welfare.recuperation.services import batches

_numbers = itertools.count(1)


def rule(**fields: Any) -> RecuperationRule:
    """Make a rule: five days at 600, again after three years."""
    told: dict[str, Any] = {"name": "甲标准", "scope": Scope.WITHIN, "source": "某文件〔2020〕1号"}
    told |= {"valid_from": dt.date(2020, 1, 1), "days_max": 5, "day_cap": "600"}
    return record(RecuperationRule(**{**told, "frequency": Frequency.ROLLING, "years": 3, **fields}), actor=None)


def batch(*, opened: bool = True, days: int = 5, **fields: Any) -> RecuperationBatch:
    """Make a batch, open for applications unless said otherwise."""
    fields.setdefault("rule", None)
    fields["rule"] = fields["rule"] or RecuperationRule.objects.first() or rule()
    start = fields.setdefault("starts_on", dt.date(2024, 7, 10))
    fields.setdefault("ends_on", start + dt.timedelta(days=days - 1))
    made = RecuperationBatch(**{"name": f"第{next(_numbers)}期", "places": 20, "price": "3000", **fields})
    record(made, actor=None)
    return take(subject=made, action="open", actor=None) if opened else made


def gone(of: RecuperationBatch, *people: Person) -> RecuperationBatch:
    """Let the people go with the batch and close it."""
    for person in people:
        batches.apply(batch=of, person=person, actor=None)
    batches.choose(subject=of, actor=None)
    for one in of.applications.filter(state="chosen"):
        take(subject=one, action="insure", actor=None, policy="P1")
    of.refresh_from_db()
    return batches.close(subject=of, actor=None)


def whole(*, person: Person) -> RecuperationBatch:
    """Make a batch with an application, under a rule with an order."""
    made = batch()
    record(SelectionCriterion(rule=made.rule, position=1, kind=Criterion.NEVER), actor=None)
    batches.apply(batch=made, person=person, actor=None)
    return made
