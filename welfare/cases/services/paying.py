"""An approved case is handed over, taken back, or its payment returned."""

import datetime as dt

from django.db import transaction

from members.people.models import Person
from union_portal.accounts.models import User
from union_portal.base.errors import DomainError, Refused
from union_portal.base.steps import hold, move
from welfare.benefits.enums import Form
from welfare.books.models import Fund
from welfare.grants.enums import SUBJECT, GrantState
from welfare.grants.models import Grant
from welfare.grants.services.paying import approval_of, pay_grant, take_back_entry
from welfare.grants.services.verdicts import layers_for, not_covered
from welfare.ledger.enums import PostingKind
from welfare.ledger.models import LedgerEntry, Posting


@transaction.atomic
def pay(
    *, subject: Grant, fund: Fund | None, on: dt.date, actor: User | None, received_by: Person | None = None
) -> Posting | None:
    """Hand an approved case over: received on the day; cash and coupons are posted, once. Goods are posted by invoice.

    Asked twice, it returns the posting already there. Raises DomainError for money without a fund.
    """
    held = hold(subject, "person", "benefit__account")
    if held.round_id is not None:
        raise Refused("该记录属于发放批次，随批次发放。")
    if held.state != GrantState.RECEIVED:
        move(held, "receive", actor=actor, received_on=on, received_by=received_by)
    else:
        paid = (
            LedgerEntry.objects.paying(SUBJECT, [held.pk])
            .filter(reverses__isnull=True)
            .select_related("posting")
            .order_by("pk")
            .last()
        )
        return paid.posting if paid else None
    if held.form not in {Form.CASH, Form.COUPON}:
        return None
    fund = fund or held.payer
    if fund is None:
        raise DomainError("请选择资金来源。", field="fund")
    _may_pay(held, fund)
    return pay_grant(grant=held, fund=fund, on=on, approval=approval_of(held, posted_by=actor), kind=PostingKind.GRANT)


def _may_pay(held: Grant, fund: Fund) -> None:
    """Raise DomainError for another payer than the case names, and for one whose rules are not about the person."""
    if held.payer_id not in {None, fund.pk}:
        raise DomainError(f"该笔由{held.payer}列支，不能改由{fund}支付。", field="fund")
    held.payer = fund
    answered = set(held.warnings.filter(confirmed_by__isnull=False).values_list("rule", "code"))
    for objection in not_covered(layers_for(held)):
        if objection.rule is None or (objection.rule.pk, objection.code) not in answered:
            raise DomainError(f"{objection.detail}。请改选其他资金来源。", field="fund")


@transaction.atomic
def take_back(*, subject: Grant, on: dt.date, actor: User | None, why: str) -> Grant:
    """Cancel an approved or paid case, with the reason (no names); a living entry is reversed."""
    held = hold(subject, "person", "benefit__account")
    move(held, "cancel", actor=actor, why=why, reason=why[:200])
    take_back_entry(grant=held, on=on, reason=why, approved=lambda: approval_of(held, posted_by=actor))
    return held


@transaction.atomic
def return_payment(*, subject: Grant, on: dt.date, actor: User | None, why: str) -> Grant:
    """Mark a case's bank payment as returned: reverses its entry; `pay` pays it again."""
    held = hold(subject, "person", "benefit__account")
    move(held, "return", actor=actor, why=why, received_on=None)
    take_back_entry(grant=held, on=on, reason=why, approved=lambda: approval_of(held, posted_by=actor))
    return held
