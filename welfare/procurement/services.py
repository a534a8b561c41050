"""What is missing of a purchase by the thresholds in force, whether it looks split; approval and acceptance."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from django.db import transaction

from union_portal.accounts.models import User
from union_portal.base.errors import DomainError, Refused
from union_portal.base.money import grouped
from union_portal.base.steps import hold, move
from welfare.grants.services.four_eyes import second_person
from welfare.procurement.models import Procurement, ProcurementThreshold

# Purchases of one kind from one supplier so near to each other are read together.
NEAR = dt.timedelta(days=30)


def threshold_for(*, amount: Decimal, on: dt.date) -> ProcurementThreshold | None:
    """Return the highest threshold that the amount reaches on the day; None where none is kept."""
    rules = ProcurementThreshold.objects.in_force(on=on).filter(amount_from__lte=amount)
    found: ProcurementThreshold | None = rules.order_by("-amount_from").first()
    return found


def missing(procurement: Procurement, *, to_approve: bool = False) -> list[str]:
    """Return what the threshold asks for and the purchase lacks, in words; a contract follows the approval."""
    rule = threshold_for(amount=procurement.amount, on=procurement.decided_on)
    if rule is None:
        return []
    lacks = [
        (bool(rule.method) and procurement.method != rule.method, f"采购方式应为{rule.get_method_display()}"),
        (rule.quotes > procurement.quotes.count(), f"报价不足 {rule.quotes:,} 份"),
        (rule.decision and not procurement.decision, "集体决定"),
        (rule.report and not procurement.report, "评选报告"),
        (rule.contract and not procurement.contract and not to_approve, "合同"),
    ]
    return [words for lacking, words in lacks if lacking]


def split_with(procurement: Procurement) -> list[Procurement]:
    """Return the purchases of the same kind and supplier within thirty days that reach a higher threshold together.

    Empty where the sum meets no threshold that the purchase alone does not.
    """
    near: Iterable[Procurement] = (
        Procurement.objects.bought()
        .filter(
            supplier=procurement.supplier,
            item=procurement.item,
            decided_on__range=(procurement.decided_on - NEAR, procurement.decided_on + NEAR),
        )
        .exclude(pk=procurement.pk)
    )
    others = list(near)
    alone = threshold_for(amount=procurement.amount, on=procurement.decided_on)
    whole = sum((one.amount for one in others), procurement.amount)
    return others if threshold_for(amount=whole, on=procurement.decided_on) != alone else []


def hint(procurement: Procurement) -> str:
    """Say that a purchase may be split, with the sum; nothing where it does not look so."""
    others = split_with(procurement)
    whole = sum((one.amount for one in others), procurement.amount)
    return f"可能拆分：{len(others) + 1:,} 笔合计 {grouped(whole)} 元" if others else ""


def may_approve(*, procurement: Procurement, actor: User) -> None:
    """Raise Refused for whoever asked, and while something is missing that no exception explains."""
    second_person(prepared_by=procurement.asked_by_id, actor=actor)
    lacks = missing(procurement, to_approve=True)
    if lacks and not procurement.exception:
        raise Refused(f"尚缺：{'、'.join(lacks)}。补齐后再批准；确有例外的，请申请人填写“例外说明”。")


def may_accept(*, procurement: Procurement) -> None:
    """Raise Refused as long as the contract is missing that the threshold asks for."""
    if "合同" in missing(procurement) and not procurement.exception:
        raise Refused("尚缺合同，请先填写合同编号。")


@transaction.atomic
def approve(*, subject: Procurement, actor: User) -> Procurement:
    """Approve a purchase, as another person than who asked."""
    held = hold(subject)
    held.machine.step(state=held.state, action="approve")
    may_approve(procurement=held, actor=actor)
    move(held, "approve", actor=actor, why=held.exception)
    return held


@transaction.atomic
def decline(*, subject: Procurement, actor: User, why: str) -> Procurement:
    """Decline a purchase, as another person than who asked."""
    held = hold(subject)
    second_person(prepared_by=held.asked_by_id, actor=actor)
    move(held, "decline", actor=actor, why=why)
    return held


@transaction.atomic
def accept(*, subject: Procurement, actor: User, accepted_on: dt.date, accepted_by: str, quantity: int) -> Procurement:
    """Note who took the goods over and how many came; they are in the store from now on, or with their round."""
    held = hold(subject)
    held.machine.step(state=held.state, action="accept")
    may_accept(procurement=held)
    if accepted_on < held.decided_on:
        raise DomainError("验收日期早于采购日期。", field="accepted_on")
    move(held, "accept", actor=actor, accepted_on=accepted_on, accepted_by=accepted_by, quantity=quantity)
    return held


@transaction.atomic
def cancel(*, subject: Procurement, actor: User, why: str) -> Procurement:
    """Cancel what was not accepted, or what a list brought wrongly. Raises Refused while invoices are posted on it."""
    held = hold(subject)
    if held.invoiced():
        raise Refused("该采购已登记发票，请先不予批准或冲销其发票。")
    move(held, "cancel", actor=actor, why=why)
    return held
