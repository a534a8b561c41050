"""Drives and categories."""

import datetime as dt
from typing import Any

from django.utils import timezone

from congress.drives.models import ProposalCategory, ProposalDrive
from congress.sessions.models import Session
from tests.factories.bodies import numbers
from tests.factories.sessions import session


def drive(*, of: Session | None = None, **fields: Any) -> ProposalDrive:
    """Make a drive that takes proposals now."""
    today = timezone.localdate()
    fields.setdefault("code", f"D{next(numbers)}")
    fields.setdefault("opens_on", today - dt.timedelta(days=10))
    fields.setdefault("closes_at", timezone.now() + dt.timedelta(days=10))
    return ProposalDrive.objects.create(session=of or session(), **fields)


def category(**fields: Any) -> ProposalCategory:
    """Make a category."""
    number = next(numbers)
    return ProposalCategory.objects.create(code=f"c{number}", name=fields.pop("name", f"第{number}类"), **fields)
