"""The list of a drive's donors as everybody may read it, and its public notice."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import transaction

from union_portal.accounts.models import User
from union_portal.base.errors import Refused
from union_portal.base.money import grouped
from union_portal.base.steps import hold
from welfare.disclosure.enums import DisclosureState
from welfare.disclosure.models import Disclosure
from welfare.disclosure.services import masked, publish
from welfare.donations.models import Donation, DonationDrive


def shown_name(donation: Donation) -> str:
    """Return what everybody may read of a donor: of a person the first character alone, of a unit its name."""
    if donation.unnamed:
        return "爱心人士"
    if donation.person_id is None and donation.givers > 1:
        return donation.donor
    return masked(donation.person.name if donation.person else donation.donor)


def shown_list(drive: DonationDrive) -> list[tuple[int, str, int, Decimal | None, str]]:
    """Return the drive's list as it is made public: number, masked name, people, yuan, goods."""
    rows = drive.donations.select_related("person").order_by("given_on", "pk")
    return [(number, shown_name(one), one.givers, one.amount, one.goods) for number, one in enumerate(rows, start=1)]


def may_disclose(drive: DonationDrive) -> bool:
    """Tell whether there is something to make known, and no notice of it runs."""
    runs = drive.disclosure is not None and drive.disclosure.state == DisclosureState.OPEN
    return not runs and drive.donations.exists()


@transaction.atomic
def disclose(*, drive: DonationDrive, actor: User, starts_on: dt.date, workdays: int, place: str = "") -> Disclosure:
    """Make the donors known with masked names; after an objection the list is put right and shown anew.

    Raises Refused while a notice runs, a DomainError for a day to come.
    """
    held = hold(drive)
    if not may_disclose(held):
        raise Refused("没有可公示的捐赠，或已在公示。")
    lines = [
        "　".join(filter(None, (name, f"{givers:,} 人", f"{grouped(amount)} 元" if amount else "", goods)))
        for _number, name, givers, amount, goods in shown_list(held)
    ]
    told: dict[str, Any] = {"starts_on": starts_on, "workdays": workdays, "place": place}
    held.disclosure = publish(title=f"{held}捐赠名单", lines=lines, actor=actor, **told)
    held.save(update_fields=["disclosure"])
    return held.disclosure
