"""The list of a drive's donors as everybody may read it."""

from welfare.donations.models import Donation, DonationDrive


def shown_name(donation: Donation) -> str:
    """Return what everybody may read of a donor: of a person the first character alone, of a unit its name."""
    if donation.unnamed:
        return "爱心人士"
    if donation.person_id is None and donation.givers > 1:
        return donation.donor
    name = donation.person.name if donation.person else donation.donor
    return f"{name[0]}{'*' * (len(name) - 1)}"


def shown_list(drive: DonationDrive) -> list[tuple[object, ...]]:
    """Return the drive's list as it is made public: number, masked name, people, yuan, goods."""
    rows = drive.donations.select_related("person").order_by("given_on", "pk")
    return [(number, shown_name(one), one.givers, one.amount, one.goods) for number, one in enumerate(rows, start=1)]
