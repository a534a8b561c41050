"""What is left of a fund, said before and after money is spent from it."""

import datetime as dt
from decimal import Decimal

from django.utils import timezone

from union_portal.base.money import grouped
from welfare.balances.models import FundBalance
from welfare.books.models import Fund


def says_balance(*, fund: Fund, on: dt.date | None = None, more: Decimal = Decimal(0)) -> str:
    """Say what the fund has left in the day's year, `more` yuan spent from it included; a warning, never a refusal."""
    year = (on or timezone.localdate()).year
    found = FundBalance.objects.filter(fund=fund, year=year).first()
    if found is None or found.balance is None:
        return f"“{fund}”期初未登记，无法核对结余。"
    left = found.balance - more
    if left < 0:
        return f"注意：“{fund}”{year}年结余为 {grouped(left)} 元，支出已超出结余。"
    return f"“{fund}”{year}年结余 {grouped(left)} 元。"
