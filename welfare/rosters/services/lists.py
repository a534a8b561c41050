"""Uploaded lists of people: staff number and name, both must match the register."""

from collections.abc import Mapping, Sequence

from members.people.models import Person
from union_portal.base.errors import DomainError

# How many wrong lines of a list an error names.
NAMED_LINES = 10


def match_list(lines: Sequence[tuple[str, ...]]) -> list[int]:
    """Return the people's keys in the list's order; one query.

    Raises DomainError naming the lines whose number is unknown, whose name differs or who stand twice, and for an
    empty list.
    """
    keys, faults = matched(lines)
    refuse_lines(faults, why="名单与登记不符")
    return list(keys.values())


def matched(lines: Sequence[tuple[str, ...]]) -> tuple[dict[int, int], dict[int, str]]:
    """Return the people's keys by their place in the list, and by place what is wrong with a line; one query.

    Raises DomainError for an empty list.
    """
    if not lines:
        raise DomainError("名单为空。", field="file")
    found = Person.objects.filter(staff_number__in=[line[0].strip() for line in lines])
    known = {number: (pk, name) for pk, number, name in found.values_list("pk", "staff_number", "name")}
    faults: dict[int, str] = {}
    keys: dict[int, int] = {}
    places: dict[int, int] = {}
    for place, line in enumerate(lines, 1):
        number, name = line[0].strip(), line[1].strip()
        if number not in known:
            faults[place] = f"没有工号 {number}"
            continue
        pk, registered = known[number]
        if registered != name:
            faults[place] = f"工号 {number} 登记为 {registered}，名单为 {name}"
        elif pk in places:
            faults[place] = f"工号 {number} 与第 {places[pk]} 条重复"
        else:
            keys[place] = pk
        places.setdefault(pk, place)
    return keys, faults


def refuse_lines(faults: Mapping[int, str], *, why: str) -> None:
    """Raise DomainError naming the lines at fault, by their place in the list; nothing where none is."""
    if not faults:
        return
    told = [f"第 {place} 条：{faults[place]}" for place in sorted(faults)]
    more = f"；另有 {len(told) - NAMED_LINES:,} 条" if len(told) > NAMED_LINES else ""
    raise DomainError(f"{why}：{'；'.join(told[:NAMED_LINES])}{more}。请改正或删除这些行。", field="file")
