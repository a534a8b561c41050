"""What is left to see to after the last step of somebody, and that some of it does not apply, with why and by whom."""

from django.db import transaction

from members.memberships.enums import ENDS, MembershipChange
from members.memberships.models import SetAside
from members.memberships.services.corrections import Act, acts
from members.memberships.services.foretelling import Ahead, foretell
from members.people.models import Person
from union_portal.accounts.models import User
from union_portal.base.errors import Refused
from union_portal.base.steps import hold, saved

_GONE = "这一项已办理，或已由别人标过，请刷新页面。"


def left_after(person: Person) -> tuple[Act, Ahead] | None:
    """Return the last step that ended something of somebody and what is left of it; None where there was none."""
    found = acts(person)
    last = next((act for act in found if act.change not in (MembershipChange.MOVE, MembershipChange.RENAME)), None)
    if last is None or last.change not in ENDS:
        last = next((act for act in found if act.change == MembershipChange.MOVE), None)
    return (last, foretell(person=person, change=last.change, on=last.on, taken=True)) if last is not None else None


def set_aside(*, person: Person, item: str, why: str, actor: User | None) -> SetAside:
    """Say that something left after the last step does not apply. Raises Refused for what is open no more."""
    return _say(person, item, aside=True, why=why, actor=actor)


def list_again(*, person: Person, item: str, actor: User | None) -> SetAside:
    """Say that it must be seen to after all. Raises Refused for what is not aside."""
    return _say(person, item, aside=False, why="", actor=actor)


@transaction.atomic
def _say(person: Person, item: str, *, aside: bool, why: str, actor: User | None) -> SetAside:
    left = left_after(hold(person))
    ends = [one for one in (*left[1].due, *left[1].stays) if one.key == item] if left else []
    end = next((one for one in ends if not one.done and (one.aside is None) == aside), None)
    if left is None or end is None:
        raise Refused(_GONE, field="item")
    told = {"item": item, "words": end.words[:300], "aside": aside, "reason": why.strip()}
    return saved(SetAside(person=person, change=left[0].change, on=left[0].on, actor=actor, **told))
