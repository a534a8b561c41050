"""What a person received, is due and holds, as one statement."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from members.people.models import Person
from welfare.benefits.enums import GRAVE, Category, Form
from welfare.benefits.services import named
from welfare.grants.enums import GrantState
from welfare.grants.models import Grant
from welfare.mutual_aid.models import Cover

ZERO = Decimal("0.00")
SHOWN = (GrantState.RECEIVED, GrantState.DUE, GrantState.RETURNED)


@dataclass(frozen=True)
class StatementLine:
    """One benefit: the day it is given on, what, for which occasion, form, yuan (None: unknown), how it stands."""

    grant_id: int
    on: dt.date
    title: str
    occasion: str
    form: str
    amount: Decimal | None
    state: str
    state_label: str
    received_on: dt.date | None
    collected_by: str
    goods: str
    grave: bool
    supplement: bool

    @property
    def name(self) -> str:
        """Return occasion and benefit as one name."""
        return named(self.occasion, self.title)


@dataclass(frozen=True)
class CoverLine:
    """One cover in force or past."""

    plan: str
    insurer: str
    starts_on: dt.date
    ends_on: dt.date
    in_force: bool


@dataclass(frozen=True)
class Statement:
    """Everything of one person: received (newest first), still due, covers."""

    person: Person
    received: tuple[StatementLine, ...]
    due: tuple[StatementLine, ...]
    covers: tuple[CoverLine, ...]

    @property
    def total(self) -> Decimal:
        """The known values received, in yuan."""
        return sum((line.amount or ZERO for line in self.received), start=ZERO)

    def by_year(self) -> dict[int, tuple[StatementLine, ...]]:
        """Return what was received by the year it was given in, newest year first."""
        years: dict[int, list[StatementLine]] = {}
        for line in self.received:
            years.setdefault(line.on.year, []).append(line)
        return {year: tuple(lines) for year, lines in years.items()}


def statement(*, person: Person, year: int | None = None, on: dt.date | None = None) -> Statement:
    """Return the person's statement, of one year if asked; two queries. Covers hold or not on the day (today)."""
    today = on or timezone.localdate()
    grants = Grant.objects.filter(person=person, state__in=SHOWN)
    covers = Cover.objects.filter(person=person)
    if year is not None:
        grants = grants.filter(granted_on__year=year)
        covers = covers.filter(starts_on__year__lte=year, ends_on__year__gte=year)
    grants = grants.select_related("benefit", "occasion", "round", "received_by").order_by("-granted_on", "-pk")
    lines = [_line(grant) for grant in grants]
    return Statement(
        person=person,
        received=tuple(line for line in lines if line.state == GrantState.RECEIVED),
        due=tuple(line for line in lines if line.state != GrantState.RECEIVED),
        covers=tuple(
            CoverLine(
                plan=cover.plan.name,
                insurer=cover.plan.insurer,
                starts_on=cover.starts_on,
                ends_on=cover.ends_on,
                in_force=cover.starts_on <= today <= cover.ends_on,
            )
            for cover in covers.select_related("plan").order_by("-starts_on", "plan__code")
        ),
    )


def _line(grant: Grant) -> StatementLine:
    return StatementLine(
        grant_id=grant.pk,
        on=grant.granted_on,
        title=grant.benefit.name,
        occasion=grant.occasion.name if grant.occasion else "",
        form=str(Form(grant.form).label),
        amount=grant.amount,
        state=grant.state,
        state_label=str(GrantState(grant.state).label),
        received_on=grant.received_on,
        collected_by=str(grant.received_by.name) if grant.received_by else "",
        goods=grant.round.goods if grant.round else "",
        grave=Category(grant.benefit.category) in GRAVE,
        supplement=grant.supplements_id is not None,
    )
