"""Uploaded lists of people: staff number and name, both must match the register."""

from django.utils.translation import gettext as _

from members.models import Person
from union_portal.base.errors import DomainError

# How many wrong lines of a list an error names.
NAMED_LINES = 10


def match_list(lines: list[tuple[str, str]]) -> list[int]:
    """Return the people's keys in the list's order; two queries at most.

    Raises DomainError naming the lines whose number is unknown, whose name differs or who stand twice, and for an
    empty list.
    """
    if not lines:
        raise DomainError(_("The list is empty."), field="list")
    found = Person.objects.filter(staff_number__in=[number.strip() for number, _name in lines])
    known = {number: (pk, name) for pk, number, name in found.values_list("pk", "staff_number", "name")}
    faults: list[str] = []
    keys: dict[int, int] = {}
    for place, (number, name) in enumerate(lines, 1):
        number, name = number.strip(), name.strip()  # noqa: PLW2901 - the list's cells as people type them
        if number not in known:
            faults.append(_("line %(line)d: nobody has staff number %(number)s") % {"line": place, "number": number})
            continue
        pk, registered = known[number]
        if registered != name:
            faults.append(
                _("line %(line)d: %(number)s is %(registered)s in the register, %(name)s in the list")
                % {"line": place, "number": number, "registered": registered, "name": name}
            )
        elif pk in keys:
            faults.append(
                _("line %(line)d: %(number)s stands already in line %(first)d")
                % {"line": place, "number": number, "first": keys[pk]}
            )
        keys.setdefault(pk, place)
    if faults:
        raise DomainError(_in_words(faults), field="list")
    return list(keys)


def _in_words(faults: list[str]) -> str:
    more = len(faults) - NAMED_LINES
    rest = _(" and %(count)d more") % {"count": more} if more > 0 else ""
    return _("The list does not match the register: %(faults)s%(rest)s.") % {
        "faults": "；".join(faults[:NAMED_LINES]),
        "rest": rest,
    }
