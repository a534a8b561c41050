"""Mail to people of the congress."""

from collections.abc import Iterable

from members.people.models import Person
from union_portal.base.mailing import mail


def mail_people(people: Iterable[Person], *, subject: str, text: str) -> None:
    """Mail each person who has an address, once this is committed."""
    for person in people:
        address = (person.user.email if person.user else "") or person.email
        if address:
            mail([address], subject=subject, text=text)
