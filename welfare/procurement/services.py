"""What is still missing of a purchase by the thresholds in force, and whether it looks split."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from union_portal.base.money import grouped
from welfare.procurement.models import Procurement, ProcurementThreshold

# Purchases of one kind from one supplier so near to each other are read together.
NEAR = dt.timedelta(days=30)


def threshold_for(*, amount: Decimal, on: dt.date) -> ProcurementThreshold | None:
    """Return the highest threshold that the amount reaches on the day; None where none is kept."""
    rules = ProcurementThreshold.objects.in_force(on=on).filter(amount_from__lte=amount)
    found: ProcurementThreshold | None = rules.order_by("-amount_from").first()
    return found


def missing(procurement: Procurement) -> list[str]:
    """Return what the threshold asks for and the purchase lacks, in words."""
    rule = threshold_for(amount=procurement.amount, on=procurement.decided_on)
    if rule is None:
        return []
    lacks = [
        (bool(rule.method) and procurement.method != rule.method, f"采购方式应为{rule.get_method_display()}"),
        (rule.quotes > procurement.quotes.count(), f"报价不足 {rule.quotes:,} 份"),
        (rule.decision and not procurement.decision, "集体决定"),
        (rule.report and not procurement.report, "评选报告"),
        (rule.contract and not procurement.contract, "合同"),
    ]
    return [words for lacking, words in lacks if lacking]


def split_with(procurement: Procurement) -> list[Procurement]:
    """Return the purchases of the same kind and supplier within thirty days that reach a higher threshold together.

    Empty where the sum meets no threshold that the purchase alone does not.
    """
    near: Iterable[Procurement] = Procurement.objects.filter(
        supplier=procurement.supplier,
        item=procurement.item,
        decided_on__range=(procurement.decided_on - NEAR, procurement.decided_on + NEAR),
    ).exclude(pk=procurement.pk)
    others = list(near)
    alone = threshold_for(amount=procurement.amount, on=procurement.decided_on)
    whole = sum((one.amount for one in others), procurement.amount)
    return others if threshold_for(amount=whole, on=procurement.decided_on) != alone else []


def hint(procurement: Procurement) -> str:
    """Say that a purchase may be split, with the sum; nothing where it does not look so."""
    others = split_with(procurement)
    whole = sum((one.amount for one in others), procurement.amount)
    return f"可能拆分：{len(others) + 1:,} 笔合计 {grouped(whole)} 元" if others else ""
