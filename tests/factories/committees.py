"""Committees."""

import datetime as dt
import itertools
from typing import Any

from django.utils import timezone

from congress.committees.enums import CommitteeKind
from congress.committees.models import Committee

_numbers = itertools.count(1)


def committee(**fields: Any) -> Committee:
    """Make a committee in office since last month."""
    fields.setdefault("kind", CommitteeKind.UNION)
    fields.setdefault("name", f"第{next(_numbers)}届工会委员会")
    fields.setdefault("began_on", timezone.localdate() - dt.timedelta(days=30))
    return Committee.objects.create(**fields)
