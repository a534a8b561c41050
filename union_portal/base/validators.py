"""What a model's field may hold, in words for people."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils import timezone


def not_in_future(day: dt.date) -> None:
    """Refuse a day that has not come yet."""
    # Lists ask this of thousands of cells: only of days near today is the school's own clock asked.
    if day >= dt.datetime.now(dt.UTC).date() and day > timezone.localdate():
        raise ValidationError("日期晚于今天。")
