"""Memberships as episodes of one life, beside them who recorded what, and on the desk how many there are."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from members.memberships.enums import CAME
from members.memberships.models import Membership, RegisterEntry, SetAside
from members.memberships.services.asides import left_after
from members.memberships.services.corrections import acts, said
from members.memberships.services.foretelling import LooseEnd
from members.people.enums import MembershipState
from members.people.models import Person
from union_portal.base.kept import kept
from union_portal.base.portal import DeskFigure, Episode, so_far
from union_portal.base.prepared import latest, totals
from union_portal.base.querysets import in_force
from union_portal.base.steps import Entry

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User


def desk_figures(user: "User", year: int) -> Iterator[DeskFigure]:
    """Yield the members of today and who came this year, beside a year before by this day; of those one sees."""
    if not user.has_perm("members.view_person"):
        return
    ask = partial(_counted, user, year)
    if Person.objects.keys_seen_by(user) is None:  # the whole school: the same for everybody who sees it
        last = latest(user, RegisterEntry)
        told = kept(("members", year, timezone.localdate()), version=last, ask=ask)
    else:
        told = ask()
    people = reverse("admin:members_person_changelist")
    yield DeskFigure("在册会员", told["now"], "人", told["before"], f"{people}?membership=active")
    yield DeskFigure("新会员", told["came"], "人", told["came_before"])


def _counted(user: "User", year: int) -> dict[str, int]:
    def active(on: dt.date) -> Q:
        return in_force(on) & Q(state=MembershipState.ACTIVE)

    def came(in_year: int) -> Q:
        return Q(valid_from__range=so_far(in_year), began_by__in=CAME)

    conditions = {"now": active(timezone.localdate()), "before": active(so_far(year - 1)[1])}
    conditions |= {"came": came(year), "came_before": came(year - 1)}

    def asked(account: "User") -> "dict[str, tuple[QuerySet[Any], str]]":
        rows = Membership.objects.visible_to(account)
        return {name: (rows.filter(condition), "") for name, condition in conditions.items()}

    return {name: count for name, (count, _day) in totals(user, ("members", year), asked).items()}


def membership_episodes(user: "User", person_id: int) -> Iterator[Episode]:
    """Return the memberships; one query."""
    for held in Membership.objects.visible_to(user).filter(person=person_id):
        ended = held.get_ended_by_display() if held.ended_by else ""
        yield Episode(
            on=held.valid_from,
            until=held.valid_to,
            kind="会籍",
            title=f"{held.get_began_by_display()} · {held.get_state_display()}",
            detail=" · ".join(part for part in (ended, held.counterpart, held.document) if part),
        )


@dataclass(frozen=True)
class Recorded(Entry):
    """An entry, with the page that puts it right where it still can be."""

    address: str = ""


def register_entries(user: "User", person: Person) -> list[Recorded]:
    """Return what was recorded of somebody's membership, the newest first: who, when, why, and what was corrected."""
    rows = RegisterEntry.objects.visible_to(user).filter(person=person).select_related("actor", "corrected_by")
    open_ = {act.key for act in acts(person)} if user.has_perm("members.change_person", person) else set()
    page = reverse("admin:members_person_correct_entry", args=[person.pk])
    found = []
    for one in rows.order_by("-at", "-pk"):
        corrected, key = hasattr(one, "corrected_by"), f"{one.change}:{one.on.isoformat()}"
        address = f"{page}?{urlencode({'act': key})}" if key in open_ and not (corrected or one.correction) else ""
        words = f"{one.note}（已更正）" if corrected else one.note
        found.append(Recorded(one.at, one.actor, words, _why(one), address))
        open_.discard(key if address else "")
    asides = SetAside.objects.visible_to(user).filter(person=person).select_related("actor")
    found += [Recorded(one.at, one.actor, str(one), one.reason) for one in asides.order_by("-pk")]
    return sorted(found, key=lambda one: one.at, reverse=True)


@dataclass(frozen=True)
class ToDo:
    """Something left to see to after a step, as the account sees it: with the page where it may, or who does it."""

    words: str
    verb: str
    address: str
    by: str
    done: bool
    optional: bool
    # Why it does not apply, by whom; and the page that says so, or lists it again.
    aside: SetAside | None = None
    way: str = ""


def left_to_do(user: "User", person: Person) -> tuple[str, list[ToDo]]:
    """Return the last step that ended something of somebody, and what is left of it; ('', []) when nothing is.

    What was seen to stays on the list, ticked, until the last of it is; what does not apply stays, to be listed again.
    """
    if not user.has_perm("members.change_person", person):
        return "", []
    left = left_after(person)
    if left is None:
        return "", []
    step, told = left
    ends = sorted((*told.due, *told.stays), key=lambda end: end.optional)
    stands = told.open or any(end.aside and not end.done for end in ends)
    return (str(step), [_shown(user, person, end) for end in ends]) if stands else ("", [])


def _shown(user: "User", person: Person, end: LooseEnd) -> ToDo:
    may = bool(end.page) and (not end.may or user.has_perm(end.may))
    address = reverse(end.page, args=[end.row] if end.row is not None else []) if may else ""
    query = f"?{urlencode(end.query)}" if end.query and address else ""
    shown = ToDo(end.words, end.verb, f"{address}{query}", "" if may else end.by, end.done, end.optional)
    if end.done or end.optional:
        return shown
    step = "list_end_again" if end.aside else "set_end_aside"
    way = f"{reverse(f'admin:members_person_{step}', args=[person.pk])}?{urlencode({'item': end.key})}"
    return replace(shown, aside=end.aside, way=way)


def _why(entry: RegisterEntry) -> str:
    """Return the reason, and of a correction what it brought back and what it did not."""
    back, left = (entry.closed.get(key, []) if entry.correction else [] for key in ("restored", "left"))
    return said(entry.reason.rstrip("。"), back, left) if back or left else entry.reason
