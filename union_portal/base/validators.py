"""What a model's field may hold, in words for people."""

import datetime as dt
import time

from django.core.exceptions import ValidationError
from django.utils import timezone


def not_in_future(day: dt.date) -> None:
    """Refuse a day that has not come yet."""
    # Lists ask this of thousands of cells: the school's own clock is asked only of days from the UTC one on.
    if day >= dt.datetime.fromtimestamp(time.time(), dt.UTC).date() and day > timezone.localdate():
        raise ValidationError("日期晚于今天。")
