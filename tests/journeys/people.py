"""Invented people and benefits that the journeys find in place."""

import datetime as dt
from decimal import Decimal

from django.utils import timezone

from members.people.models import Person
from tests.factories import members as make
from tests.factories import rounds as welfare
from tests.members.register.hr_spreadsheet import bank_card, identity_number
from welfare.benefits.models import Occasion
from welfare.grants.models import Round
from welfare.mutual_aid.models import Cover, MutualAidPlan
from welfare.rosters.services.selection import Selection
from welfare.rounds.services import approval, drafting, handing_out, people, roster

MOBILE = "13912345678"
CARD = bank_card(1)
BORN = dt.date(1985, 3, 8)
IDENTITY = identity_number(born=BORN, male=False, place=7)


def handed_out(*, code: str, price: str, on: dt.date, occasion: str) -> Round:
    """Make an approved round for all active members, prepared by one person and approved by another."""
    clerk = welfare.officer()
    made = drafting.create(
        benefit=welfare.benefit(code),
        occasion=Occasion.objects.create(code=f"{code}-{on.year}", name=occasion, year=on.year, day=on),
        cut_off_on=on,
        fund=welfare.fund(),
        actor=clerk,
        selection=Selection(),
        name=occasion,
    )
    made = roster.lock(subject=made, actor=clerk)
    made = people.set_price(subject=made, unit_price=Decimal(price), handed_out_on=on, actor=clerk)
    made = approval.submit(subject=made, actor=clerk)
    return approval.approve(subject=made, actor=welfare.chair())


def member_with_benefits() -> Person:
    """Make a member who received something this year and last, waits for one thing, and is covered for 12 days more."""
    today = timezone.localdate()
    last_year = today.replace(year=today.year - 1, day=1)
    person = make.member(
        name="林知远",
        branch=make.branch(name="信息工程分工会"),
        gender="female",
        birth_date=BORN,
        mobile=MOBILE,
        identity_number=IDENTITY,
        bank_card=CARD,
    )
    for code, price, day, name in (
        ("spring", "500", today, f"{today.year}年春节"),
        ("mid_autumn", "400", last_year, f"{last_year.year}年中秋节"),
    ):
        handing_out.collect(subject=handed_out(code=code, price=price, on=day, occasion=name), on=day, actor=None)
    handed_out(code="national", price="300", on=today, occasion=f"{today.year}年国庆节")
    Cover.objects.create(
        person=person,
        plan=MutualAidPlan.objects.earliest("code"),
        starts_on=today - dt.timedelta(days=300),
        ends_on=today + dt.timedelta(days=12),
        paid_on=today - dt.timedelta(days=300),
        source="投保名单",
    )
    return person
