"""Who is due for a check: by the last one somebody went to and the interval of the band he was in then."""

from dataclasses import dataclass

from members.people.models import Person
from welfare.health_checks.enums import Audience, BookingState
from welfare.health_checks.models import CheckBooking, HealthCheck
from welfare.health_checks.services.booking import KINDS, package_for

_CAME = (BookingState.ATTENDED, BookingState.REFUNDED)


@dataclass(frozen=True)
class Due:
    """Somebody whom a check is for: the year of the last one, the year that is due by it, and the band of this one."""

    person: Person
    branch: str
    last: int | None
    due: int | None
    package: str

    def is_due(self, year: int) -> bool:
        """Whether the person is due in the year; who never went is."""
        return self.due is None or self.due <= year


def due_list(health_check: HealthCheck) -> list[Due]:
    """Return everybody whom the check is for on its day, by branch and number, with when each is due; four queries."""
    on = health_check.roster_on or health_check.starts_on
    kinds = KINDS[Audience(health_check.audience)]
    people = Person.objects.of_kind(*kinds, on=on).filter(died_on=None).with_branch(on=on)
    before = CheckBooking.objects.filter(state__in=_CAME, health_check__year__lt=health_check.year)
    told = before.order_by("health_check__year", "pk").values_list(
        "person", "health_check__year", "package__every_years"
    )
    last = {person: (year, every) for person, year, every in told}
    bands = list(health_check.packages.all())
    found = []
    for person in people.order_by("branch_name_on", "staff_number", "pk"):
        year, every = last.get(person.pk, (None, None))
        band = package_for(bands, year=health_check.year, gender=person.gender, born=person.birth_date)
        due = year + (every or 1) if year else None
        branch = getattr(person, "branch_name_on", None) or ""
        found.append(Due(person, branch, year, due, band.name if band else ""))
    return found
