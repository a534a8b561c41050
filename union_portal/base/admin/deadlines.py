"""A deadline as lists show it."""

import datetime as dt

from django.utils import timezone


def with_days_left(day: dt.date) -> str:
    """Return the day with the days left until it, or gone by since."""
    left = (day - timezone.localdate()).days
    words = "还剩 %(days)s 天" if left >= 0 else "逾期 %(days)s 天"
    return f"{day:%Y-%m-%d} · {words % {'days': abs(left)}}"
