"""A deadline as lists show it."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _


def with_days_left(day: dt.date) -> str:
    """Return the day with the days left until it, or gone by since."""
    left = (day - timezone.localdate()).days
    words = _("%(days)s days left") if left >= 0 else _("%(days)s days overdue")
    return f"{day:%Y-%m-%d} · {words % {'days': abs(left)}}"
