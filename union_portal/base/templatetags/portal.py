"""Template helpers shared by the desk and the members' pages."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def figure(value: int | Decimal | None) -> str:
    """Write a number with thousands separators; money with two decimals."""
    if value is None:
        return "—"
    return f"{value:,.2f}" if isinstance(value, Decimal) else f"{value:,}"


@register.filter
def days_left(until: dt.date) -> int:
    """Count the days from today to that day; negative when it is over."""
    return (until - timezone.localdate()).days


@register.filter
def positive(value: int) -> int:
    """Drop the sign."""
    return abs(value)


@register.filter
def is_past(day: dt.date) -> bool:
    """Tell whether the day is over."""
    return day < timezone.localdate()


@dataclass(frozen=True)
class Change:
    """How a figure moved against a year before: an arrow and a sentence."""

    sign: str
    text: str


@register.filter
def change(card: Any) -> Change:
    """Compare a figure card's value with its previous one."""
    difference = card.value - card.previous
    if not difference:
        return Change("＝", _("as last year"))
    amount = figure(abs(difference))
    if difference > 0:
        return Change("▲", _("%(amount)s more than last year") % {"amount": amount})
    return Change("▼", _("%(amount)s less than last year") % {"amount": amount})
