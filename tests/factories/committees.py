"""Committees."""

import datetime as dt
import itertools
from typing import Any

from django.utils import timezone

from congress.committees.enums import CommitteeKind
from congress.committees.models import Committee, CommitteeSeat, Meeting, ReviewedDocument
from members.people.models import Person
from union_portal.base.steps import record

_numbers = itertools.count(1)


def committee(**fields: Any) -> Committee:
    """Make a committee in office since last month."""
    fields.setdefault("kind", CommitteeKind.UNION)
    fields.setdefault("name", f"第{next(_numbers)}届工会委员会")
    fields.setdefault("began_on", timezone.localdate() - dt.timedelta(days=30))
    return Committee.objects.create(**fields)


def seat(*, committee: Committee, person: Person, on: dt.date, **fields: Any) -> CommitteeSeat:
    """Give somebody a seat from the day on."""
    return record(CommitteeSeat(committee=committee, person=person, valid_from=on, **fields), actor=None)


def meeting(*, committee: Committee, papers: tuple[str, ...] = (), **fields: Any) -> Meeting:
    """Record a meeting today with the documents it dealt with."""
    made = record(Meeting(committee=committee, **{"held_on": timezone.localdate(), **fields}), actor=None)
    for title in papers:
        record(ReviewedDocument(meeting=made, title=title), actor=None)
    return made
