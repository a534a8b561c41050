"""Records what was given and approved on paper before the portal, many at once."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction

from union_portal.accounts.models import User
from union_portal.base.errors import DomainError
from welfare.approvals.models import PaperApproval
from welfare.approvals.services import ToldApproval, enter_from_list
from welfare.benefits.enums import Festival, Form, Level
from welfare.benefits.models import Benefit, BenefitRule, Occasion
from welfare.grants.enums import GrantState
from welfare.grants.models import Grant, GrantMove
from welfare.life_events.models import LifeEvent

# How an occasion's name tells its festival.
FESTIVALS = {
    "元旦": Festival.NEW_YEAR,
    "春节": Festival.SPRING,
    "清明": Festival.QINGMING,
    "劳动": Festival.LABOUR,
    "五一": Festival.LABOUR,
    "端午": Festival.DRAGON_BOAT,
    "中秋": Festival.MID_AUTUMN,
    "国庆": Festival.NATIONAL,
    "妇女": Festival.WOMEN,
    "三八": Festival.WOMEN,
    "教师节": Festival.TEACHERS,
    "重阳": Festival.DOUBLE_NINTH,
}


@dataclass(frozen=True)
class RecordedGrant:
    """One grant to record: for an occasion by name, or for a life event of the benefit's kind on a day."""

    person_id: int
    branch_id: int | None
    benefit: Benefit
    occasion: str
    event_on: dt.date | None
    relation: str
    granted_on: dt.date
    amount: Decimal | None
    form: Form
    approval: ToldApproval
    source: str
    posted: bool = False

    @property
    def identity(self) -> tuple[Any, ...]:
        """What makes it one grant: person, benefit, and occasion or event."""
        ground: Any = self.occasion or (self.benefit.event_kind, self.event_on, self.relation)
        return (self.person_id, self.benefit.pk, ground)


def occasion_name(*, benefit: Benefit, day: dt.date) -> str:
    """Return the occasion's name when the source names none: the year and the benefit."""
    words = benefit.name.removesuffix("慰问品").removesuffix("慰问金")
    return f"{day.year}年{words}"


def festival_of(name: str) -> str:
    """Return the festival an occasion's name speaks of, or ''."""
    return next((str(festival) for word, festival in FESTIVALS.items() if word in name), "")


@transaction.atomic
def record_grants(*, grants: Sequence[RecordedGrant], actor: User | None) -> list[int]:
    """Record the grants as received, with their paper approval; return their keys in the same order.

    Makes the occasions and life events that are missing and notes the rule in force. Every approval that the list names
    is entered once and waits for a second account; then finance posts the grants marked `posted`. Raises DomainError
    for one without an approval.
    """
    if any(not grant.approval.words for grant in grants):
        raise DomainError("请填写线下审批人、日期和文件。")
    occasions, events, rules = _occasions(grants), _events(grants, actor), _Rules(grants)
    papers = _papers(grants, actor)
    made = Grant.objects.bulk_create(
        Grant(
            person_id=grant.person_id,
            branch_id=grant.branch_id,
            benefit=grant.benefit,
            rule=rules.of(grant),
            occasion_id=occasions.get(grant.occasion),
            event_id=events.get(_event_key(grant)),
            relation=grant.relation,
            state=GrantState.RECEIVED,
            form=grant.form,
            amount=grant.amount,
            granted_on=grant.granted_on,
            received_on=grant.granted_on,
            source=grant.source,
            prepared_by=actor,
            offline_approval=grant.approval.words,
            paper_approval=papers[grant.approval],
            to_post=grant.posted and bool(grant.amount),
        )
        for grant in grants
    )
    GrantMove.objects.bulk_create(
        GrantMove(subject=grant, action="record", source="", target=GrantState.RECEIVED, actor=actor) for grant in made
    )
    return [grant.pk for grant in made]


def _papers(grants: Iterable[RecordedGrant], actor: User | None) -> dict[ToldApproval, PaperApproval]:
    """Enter every approval that the list names, once each."""
    found: dict[ToldApproval, list[RecordedGrant]] = {}
    for grant in grants:
        found.setdefault(grant.approval, []).append(grant)
    return {
        told: enter_from_list(
            about=f"补录慰问记录 {len(rows):,} 条",
            approver=told.approver,
            approved_on=told.approved_on,
            document=told.document,
            actor=actor,
        )
        for told, rows in found.items()
    }


def _occasions(grants: Iterable[RecordedGrant]) -> dict[str, int]:
    """Return the occasions' keys by name; make those that are missing."""
    days: dict[str, dt.date] = {}
    for grant in grants:
        if grant.occasion:
            days[grant.occasion] = min(grant.granted_on, days.get(grant.occasion, grant.granted_on))
    known = dict(Occasion.objects.filter(name__in=days).values_list("name", "pk"))
    taken = set(Occasion.objects.values_list("code", flat=True))
    for name, day in days.items():
        if name not in known:
            code = next(code for number in range(1, 10_000) if (code := f"{day.year}-{number}") not in taken)
            taken.add(code)
            year = int(name[:4]) if name[:4].isdecimal() else day.year
            made = Occasion.objects.create(code=code, name=name, year=year, festival=festival_of(name))
            known[name] = made.pk
    return known


def _event_key(grant: RecordedGrant) -> tuple[Any, ...]:
    return (grant.benefit.event_kind, grant.person_id, grant.relation, grant.event_on)


def _events(grants: Iterable[RecordedGrant], actor: User | None) -> dict[tuple[Any, ...], int]:
    """Return the life events' keys; make those that are missing."""
    wanted = {_event_key(grant) for grant in grants if not grant.occasion}
    fields = ("kind", "whose_id", "relation", "occurred_on")
    present = LifeEvent.objects.filter(whose__in={key[1] for key in wanted})
    known: dict[tuple[Any, ...], int] = {tuple(row[:4]): row[4] for row in present.values_list(*fields, "pk")}
    made = LifeEvent.objects.bulk_create(
        LifeEvent(kind=kind, whose_id=whose, relation=relation, occurred_on=day, entered_by=actor)
        for kind, whose, relation, day in wanted - known.keys()
    )
    known |= {(event.kind, event.whose_id, event.relation, event.occurred_on): event.pk for event in made}
    return known


class _Rules:
    """The school's rules of the benefits concerned, read once."""

    def __init__(self, grants: Iterable[RecordedGrant]) -> None:
        self.rules: dict[int, list[BenefitRule]] = {}
        benefits = {grant.benefit.pk for grant in grants}
        for rule in BenefitRule.objects.filter(benefit__in=benefits, example=False, variant=""):
            if rule.benefit_id is not None:
                self.rules.setdefault(rule.benefit_id, []).append(rule)
        for found in self.rules.values():
            found.sort(key=lambda rule: (-list(Level).index(Level(rule.level)), rule.standard is None))

    def of(self, grant: RecordedGrant) -> BenefitRule | None:
        for rule in self.rules.get(grant.benefit.pk, []):
            in_force = rule.valid_from <= grant.granted_on and (
                rule.valid_to is None or rule.valid_to >= grant.granted_on
            )
            if in_force and (not rule.relations or not grant.relation or grant.relation in rule.relations):
                return rule
        return None
