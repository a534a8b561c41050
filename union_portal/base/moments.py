"""Moments and days: how a moment is told, and which one stands for a day of which no hour is known."""

import datetime as dt

from django.utils import timezone


def minute(moment: dt.datetime) -> str:
    """Return the moment as people read it, in local time."""
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"


def noon(day: dt.date) -> dt.datetime:
    """Return the moment that stands for a day."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))
