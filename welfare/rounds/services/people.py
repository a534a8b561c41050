"""Single people on a locked roster, and the price for all of them."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from django.db import IntegrityError, transaction

from members.people.models import Person
from union_portal.accounts.models import User
from union_portal.base.errors import DomainError
from union_portal.base.steps import begin, move
from welfare.grants.enums import GrantState, RoundState
from welfare.grants.models import Grant, Round
from welfare.rounds.services.holding import day_of, hold_on_roster, hold_round, require
from welfare.rounds.services.judging import judge_anew, judge_round


def _has_it_already(person: Person, held: Round) -> DomainError:
    return DomainError(f"{person} 在{held.occasion}已享受“{held.benefit}”。", field="person")


@transaction.atomic
def exclude(*, subject: Grant, actor: User | None, why: str) -> Grant:
    """Take one person off a locked roster, with the reason; what was objected to because of him falls away."""
    round_, held = hold_on_roster(subject, RoundState.LOCKED)
    move(held, "exclude", actor=actor, why=why, reason=why.strip()[:200])
    if round_.warnings.exists():
        judge_round(round_)
    return held


@transaction.atomic
def include(*, subject: Grant, actor: User | None, why: str) -> Grant:
    """Put an excluded person back on a locked roster, with the reason."""
    round_, held = hold_on_roster(subject, RoundState.LOCKED)
    try:
        with transaction.atomic():
            move(held, "include", actor=actor, why=why, reason="", amount=round_.unit_price)
    except IntegrityError as error:
        raise _has_it_already(held.person, round_) from error
    judge_anew(round_)
    return held


@transaction.atomic
def add(*, subject: Round, person: Person, actor: User | None, why: str) -> Grant:
    """Put a person on a locked roster whom neither rule nor list chose, with the reason.

    The branch is the one on the cut-off date. Raises DomainError when the person already has the benefit for the
    occasion or stands on this roster as excluded.
    """
    if not why.strip():
        raise DomainError("请写明原因。", field="why")
    held = hold_round(subject)
    require(held, RoundState.LOCKED)
    if held.grants.filter(person=person, state=GrantState.EXCLUDED).exists():
        raise DomainError(f"{person} 已被剔出名册，请使用“重新列入”。", field="person")
    if held.grants.filter(person=person, state=GrantState.LISTED).exists():
        raise DomainError(f"{person} 已在本名册中，无需再补入。", field="person")
    branch = Person.objects.with_branch(on=held.cut_off_on).get(pk=person.pk).branch_id_on
    try:
        with transaction.atomic():
            grant = Grant.objects.create(
                person=person,
                benefit=held.benefit,
                round=held,
                occasion=held.occasion,
                branch_id=branch,
                state=GrantState.LISTED,
                form=held.benefit.form,
                amount=held.unit_price,
                granted_on=day_of(held),
                source=why.strip()[:200],
            )
    except IntegrityError as error:
        raise _has_it_already(person, held) from error
    begin(grant, actor=actor, why=why)
    judge_anew(held)
    return grant


@transaction.atomic
def set_price(
    *,
    subject: Round,
    unit_price: Decimal,
    actor: User | None,
    tiers: Mapping[str, Decimal] | None = None,
    handed_out_on: dt.date | None = None,
    goods: str | None = None,
) -> Round:
    """Fix what each person gets (yuan), by tier where the roster has tiers, and the day it is handed out.

    Possible until the round goes to approval; a price set before locking is taken over by the roster. The
    roster is judged anew: what the rules no longer object to needs no answer any more.
    """
    if unit_price <= 0 or any(price < 0 for price in (tiers or {}).values()):
        raise DomainError("单价须大于零。", field="unit_price")
    held = hold_round(subject)
    move(
        held,
        "set_price",
        actor=actor,
        why=f"每人 {unit_price} 元",
        unit_price=unit_price,
        handed_out_on=handed_out_on or held.handed_out_on,
        goods=held.goods if goods is None else goods,
    )
    listed = held.grants.filter(state=GrantState.LISTED)
    listed.update(amount=unit_price, granted_on=day_of(held))
    for tier, price in (tiers or {}).items():
        listed.filter(tier=tier).update(amount=price)
    if held.state == RoundState.LOCKED:
        judge_round(held)
    return held
