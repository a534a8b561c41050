"""Uploaded lists of people: staff number and name, both must match the register."""

from members.people.models import Person
from union_portal.base.errors import DomainError

# How many wrong lines of a list an error names.
NAMED_LINES = 10


def match_list(lines: list[tuple[str, str]]) -> list[int]:
    """Return the people's keys in the list's order; two queries at most.

    Raises DomainError naming the lines whose number is unknown, whose name differs or who stand twice, and for an
    empty list.
    """
    if not lines:
        raise DomainError("名单为空。", field="file")
    found = Person.objects.filter(staff_number__in=[number.strip() for number, _name in lines])
    known = {number: (pk, name) for pk, number, name in found.values_list("pk", "staff_number", "name")}
    faults: list[str] = []
    keys: dict[int, int] = {}
    for place, (number, name) in enumerate(lines, 1):
        number, name = number.strip(), name.strip()  # noqa: PLW2901 - the list's cells as people type them
        if number not in known:
            faults.append(f"第 {place} 条：没有工号 {number}")
            continue
        pk, registered = known[number]
        if registered != name:
            faults.append(f"第 {place} 条：工号 {number} 登记为 {registered}，名单为 {name}")
        elif pk in keys:
            faults.append(f"第 {place} 条：工号 {number} 与第 {keys[pk]} 条重复")
        keys.setdefault(pk, place)
    if faults:
        raise DomainError(_in_words(faults), field="file")
    return list(keys)


def _in_words(faults: list[str]) -> str:
    more = len(faults) - NAMED_LINES
    rest = f"；另有 {more:,} 处" if more > 0 else ""
    return "名单与登记不符：{faults}{rest}。".format(
        faults="；".join(faults[:NAMED_LINES]),
        rest=rest,
    )
