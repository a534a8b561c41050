"""Single people on a locked roster, and the price for all of them."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from django.db import IntegrityError, transaction

from members.people.models import Person
from union_portal.accounts.models import User
from union_portal.base.errors import DomainError
from welfare.grants.enums import GrantState, RoundState
from welfare.grants.models import Grant, GrantMove, Round
from welfare.grants.services.steps import hold, hold_grant, move_grant, note, require
from welfare.rounds.services.roster import day_of


def _need(reason: str) -> str:
    if not reason.strip():
        raise DomainError("请填写原因。", field="reason")
    return reason.strip()[:200]


def _has_it_already(person: Person, held: Round) -> DomainError:
    return DomainError(
        f"{person} 在{held.occasion}已享受“{held.benefit}”。",
        field="person",
    )


@transaction.atomic
def exclude(*, grant: Grant, actor: User | None, reason: str) -> Grant:
    """Take one person off a locked roster, with the reason."""
    why = _need(reason)
    held_round = _round_of(grant)
    require(held_round, RoundState.LOCKED)
    held = hold_grant(grant)
    move_grant(held, "exclude", actor=actor, why=why, reason=why)
    return held


@transaction.atomic
def include(*, grant: Grant, actor: User | None, reason: str) -> Grant:
    """Put an excluded person back on a locked roster, with the reason."""
    why = _need(reason)
    held_round = _round_of(grant)
    require(held_round, RoundState.LOCKED)
    held = hold_grant(grant)
    try:
        with transaction.atomic():
            move_grant(held, "include", actor=actor, why=why, reason="", amount=held_round.unit_price)
    except IntegrityError as error:
        raise _has_it_already(held.person, held_round) from error
    return held


def _round_of(grant: Grant) -> Round:
    """Lock the grant's round first, always before the grant, so that two officers never wait for each other."""
    if grant.round is None:
        raise DomainError("该记录不属于任何批次。")
    return hold(grant.round)


@transaction.atomic
def add(*, round_: Round, person: Person, actor: User | None, reason: str) -> Grant:
    """Put a person on a locked roster whom neither rule nor list chose, with the reason.

    The branch is the one on the cut-off date. Raises DomainError when the person already has the benefit for the
    occasion or stands on this roster as excluded.
    """
    why = _need(reason)
    held = hold(round_)
    require(held, RoundState.LOCKED)
    if held.grants.filter(person=person, state=GrantState.EXCLUDED).exists():
        raise DomainError(
            f"{person} 已被剔出名册，请使用“重新列入”。",
            field="person",
        )
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
                source=why,
            )
    except IntegrityError as error:
        raise _has_it_already(person, held) from error
    GrantMove.objects.create(subject=grant, action="add", source="", target=GrantState.LISTED, actor=actor, reason=why)
    return grant


@transaction.atomic
def set_price(
    *,
    round_: Round,
    unit_price: Decimal,
    actor: User | None,
    tiers: Mapping[str, Decimal] | None = None,
    handed_out_on: dt.date | None = None,
    goods: str | None = None,
) -> Round:
    """Fix what each person gets (yuan), by tier where the roster has tiers, and the day it is handed out.

    Possible until the round goes to approval; a price set before locking is taken over by the roster.
    """
    if unit_price <= 0 or any(price < 0 for price in (tiers or {}).values()):
        raise DomainError("单价须大于零。", field="unit_price")
    held = hold(round_)
    require(held, RoundState.DRAFT, RoundState.LOCKED)
    held.unit_price = unit_price
    if handed_out_on is not None:
        held.handed_out_on = handed_out_on
    if goods is not None:
        held.goods = goods
    held.save(update_fields=["unit_price", "handed_out_on", "goods"])
    listed = held.grants.filter(state=GrantState.LISTED)
    listed.update(amount=unit_price, granted_on=day_of(held))
    for tier, price in (tiers or {}).items():
        listed.filter(tier=tier).update(amount=price)
    note(held, "set_price", actor=actor, why=f"每人 {unit_price} 元")
    return held
