"""Periods of days, both ends inclusive."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Period:
    """Days from `start` to `end`, both inclusive."""

    start: dt.date
    end: dt.date
