"""How far a target of consumption assistance is reached: every condition, and what is missing."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import DecimalField, F, Func, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact, IsNull

from union_portal.base.money import grouped
from welfare.consumption.models import AssistanceTarget
from welfare.procurement.models import Procurement

CENT = Decimal("0.01")
_YUAN: Any = DecimalField(max_digits=14, decimal_places=2)


@dataclass(frozen=True)
class Condition:
    """One condition: what it is called, how many yuan it asks for, how many were bought for."""

    name: str
    asked: Decimal
    reached: Decimal

    @property
    def lacking(self) -> Decimal:
        """What is missing, nothing where it holds."""
        return max(self.asked - self.reached, Decimal("0.00"))

    def __str__(self) -> str:
        return f"{self.name}：应 {grouped(self.asked)} 元" + (
            f"，差 {grouped(self.lacking)} 元" if self.lacking else "，已达到"
        )


def with_reached(targets: "QuerySet[AssistanceTarget]", *, before: int = 0) -> "QuerySet[Any]":
    """Add `reached`, the yuan bought for in the target's year by its channel and region, and `over`, beyond its sum.

    `before` counts another year, so many years earlier.
    """
    channel, region = OuterRef("channel"), OuterRef("region")
    bought = Procurement.objects.bought().exclude(channel="").order_by()
    helping = bought.filter(
        Q(channel=channel) | Q(Exact(channel, Value(""))),
        Q(region=region) | Q(region__parent=region) | Q(IsNull(region, True)),
        decided_on__year=OuterRef("year") - before,
    )
    summed = helping.values(sum=Func(F("amount"), function="SUM", output_field=_YUAN))
    found = Coalesce(Subquery(summed), Decimal(0), output_field=_YUAN)
    return targets.annotate(reached=found).annotate(over=F("reached") - F("fixed"))


def reached(target: AssistanceTarget, *, before: int = 0) -> Decimal:
    """Return the yuan bought for in the target's year, or so many years before, by its channel and region."""
    found = with_reached(AssistanceTarget.objects.filter(pk=target.pk), before=before)
    money: Decimal = found.values_list("reached", flat=True).get()
    return money


def _farm(year: int) -> Decimal:
    bought = Procurement.objects.bought().filter(farm=True, decided_on__year=year)
    return bought.aggregate(sum=Sum("amount"))["sum"] or Decimal("0.00")


def conditions_of(target: AssistanceTarget) -> list[Condition]:
    """Return every condition that the target asks for; all must hold."""
    done, found = reached(target), []
    if target.share is not None:
        base = target.base if target.base is not None else _farm(target.year)
        asked = (base * target.share / 100).quantize(CENT, ROUND_HALF_UP)
        found.append(Condition(f"占比 {target.share:f}%", asked, done))
    if target.per_head is not None:
        found.append(Condition(f"人均 {grouped(target.per_head)} 元", target.per_head * (target.heads or 0), done))
    if target.not_below_last:
        last = target.last_year if target.last_year is not None else reached(target, before=1)
        found.append(Condition("不低于上年", last, done))
    if target.fixed is not None:
        found.append(Condition("固定金额", target.fixed, done))
    return found


def shortfall(target: AssistanceTarget) -> Decimal:
    """Return how many yuan are missing until every one holds."""
    return max((one.lacking for one in conditions_of(target)), default=Decimal("0.00"))
