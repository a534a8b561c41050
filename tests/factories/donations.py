"""Donation drives with what was given, for tests."""

import datetime as dt
import itertools
from decimal import Decimal
from typing import Any

from welfare.books.models import Fund
from welfare.donations.enums import DriveKind
from welfare.donations.models import Donation, DonationDrive

_numbers = itertools.count(1)


def drive(*, given: int | str = 0, on: dt.date = dt.date(2015, 1, 5), **fields: Any) -> DonationDrive:
    """Make a drive of the fund that holds donations, with one sum that a unit gave."""
    fields.setdefault("title", f"第{next(_numbers)}次募捐")
    fields.setdefault("kind", DriveKind.APPEAL)
    made = DonationDrive.objects.create(opened_on=on, fund=Fund.objects.get(code="DONATION"), **fields)
    if given:
        Donation.objects.create(drive=made, donor="文学院", given_on=on, givers=40, amount=Decimal(given))
    return made
