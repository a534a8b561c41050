"""How far a target of consumption assistance is reached: every condition, and what is missing."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Q, Sum

from union_portal.base.money import grouped
from welfare.consumption.models import AssistanceTarget
from welfare.procurement.models import Procurement

CENT = Decimal("0.01")


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


def _sum(where: Q, year: int) -> Decimal:
    found: Decimal | None = (
        Procurement.objects.bought().filter(where, decided_on__year=year).aggregate(sum=Sum("amount"))["sum"]
    )
    return found or Decimal("0.00")


def _counts(target: AssistanceTarget) -> Q:
    where = Q(channel=target.channel) if target.channel else ~Q(channel="")
    return where & Q(region=target.region_id) if target.region_id else where


def reached(target: AssistanceTarget) -> Decimal:
    """Return the yuan bought for in the target's year by its channel and region."""
    return _sum(_counts(target), target.year)


def conditions_of(target: AssistanceTarget) -> list[Condition]:
    """Return every condition that the target asks for; all must hold."""
    done, found = reached(target), []
    if target.share is not None:
        base = target.base if target.base is not None else _sum(Q(farm=True), target.year)
        asked = (base * target.share / 100).quantize(CENT, ROUND_HALF_UP)
        found.append(Condition(f"占比 {target.share:f}%", asked, done))
    if target.per_head is not None:
        found.append(Condition(f"人均 {grouped(target.per_head)} 元", target.per_head * (target.heads or 0), done))
    if target.not_below_last:
        last = target.last_year if target.last_year is not None else _sum(_counts(target), target.year - 1)
        found.append(Condition("不低于上年", last, done))
    if target.fixed is not None:
        found.append(Condition("固定金额", target.fixed, done))
    return found


def shortfall(target: AssistanceTarget) -> Decimal:
    """Return how many yuan are missing until every one holds."""
    return max((one.lacking for one in conditions_of(target)), default=Decimal("0.00"))
