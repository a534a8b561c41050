"""What rooms put on the staff desk and on the member's page, as data; `union_portal.home` lays it out."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils import timezone

from union_portal.base.prepared import existing, totals

if TYPE_CHECKING:
    from union_portal.accounts.models import User


# A member's page looks back this many years.
YEARS_SHOWN = 5


@dataclass(frozen=True)
class DeskItem:
    """Something that waits for somebody: what, how many of which unit, until when, and where to do it."""

    title: str
    detail: str
    address: str
    due_on: dt.date | None = None
    count: int = 1
    urgent: bool = False
    unit: str = "项"


def waiting(
    user: "User", rows: "Callable[[User], QuerySet[Any]]", *, title: str, detail: str, address: str, day: str = "due_on"
) -> Iterator[DeskItem]:
    """Yield one item for all the rows, due when the first of them is (by no day: ""); nothing when there are none.

    They are asked for by a kept statement, which the title tells from others: see `prepared.seen` for what it may
    depend on.
    """
    found = totals(user, ("waiting", title), lambda account: {"all": (rows(account), day)})
    for count, first in found.values():
        if count:
            late = first is not None and first < timezone.localdate()
            yield DeskItem(title, detail, address, due_on=first, count=count, urgent=late)


@dataclass(frozen=True)
class DeskFigure:
    """One figure card: a number with its unit, the same by this day a year before (`so_far`), the way to its rows."""

    label: str
    value: int | Decimal
    unit: str
    previous: int | Decimal | None = None
    address: str = ""


def so_far(year: int) -> tuple[dt.date, dt.date]:
    """Return the first day of the year and today's in it: what of a year can be set beside the part of this one."""
    today = timezone.localdate()
    leap_day = (today.month, today.day) == (2, 29) and year != today.year
    return dt.date(year, 1, 1), today.replace(year=year, day=28 if leap_day else today.day)


class Standing(Enum):
    """Where a line of the member's page belongs."""

    CAME = "came"
    DUE = "due"
    HOLDS = "holds"


@dataclass(frozen=True)
class MemberItem:
    """One line of a member's year: what came, is due or holds, when, in which form, worth how much.

    `until` is the last day to collect what is due, or the last day of what holds.
    """

    title: str
    state: str
    state_label: str
    on: dt.date
    form: str = ""
    amount: Decimal | None = None
    until: dt.date | None = None
    detail: str = ""
    grave: bool = False
    address: str = ""
    standing: Standing = Standing.CAME


@dataclass(frozen=True)
class Episode:
    """One line of a person's life in the register: from when to when, what, where, and how it began or ended."""

    on: dt.date
    title: str
    until: dt.date | None = None
    detail: str = ""
    kind: str = ""
    grave: bool = False
    address: str = ""
    standing: Standing = Standing.CAME


@dataclass(frozen=True)
class Place:
    """A page of a room's own at the desk: the sidebar's group it belongs to, its label, url name and permission.

    `beside` is the key of the place (`union_portal.home.desk.enums`) whose lists it stands beside as a tab; without
    one it is a place of its own in the group. It stands before the others when it `leads`.
    """

    job: str
    label: str
    name: str
    permission: str = ""
    icon: str = "chevron_right"
    beside: str = ""
    leads: bool = False


@dataclass(frozen=True)
class Found:
    """One answer of the desk's search: what it is called, of what kind, where it is, and what tells it from others."""

    title: str
    kind: str
    address: str
    detail: str = ""
    icon: str = "arrow_forward"


# The search shows so many of a kind; who asks for more has the kind's own list.
FOUND_OF_A_KIND = 8


@dataclass(frozen=True)
class MemberPlace:
    """A place of an app's own at the thumb, for whom it concerns: url name, label, line drawing on a 24 × 24 grid."""

    name: str
    label: str
    icon: str


@dataclass(frozen=True, kw_only=True)
class FirstStep:
    """One of a school's first steps, in the order of `rank`: done as soon as one of the `rows` is there.

    `why` is a clause on what follows from it, `by` the post whose work it is; `page` is where it is done (a url name),
    `kind` the list that brings all of it at once, with its template.
    """

    key: str
    rank: int
    title: str
    why: str
    by: str
    rows: "Callable[[], QuerySet[Any]]"
    unit: str
    page: str
    permission: str
    kind: str = ""


@dataclass(frozen=True)
class Contribution:
    """A room's part: functions of the signed-in account (and for the member's page, of a year)."""

    desk_items: "Callable[[User], Iterable[DeskItem]] | None" = None
    desk_figures: "Callable[[User, int], Iterable[DeskFigure]] | None" = None
    member_items: "Callable[..., Iterable[MemberItem]] | None" = None
    # Its `member_items` takes `years` as well: how many years what came is told of, the running one among them.
    looks_back: bool = False
    # Rows without any of which the part has neither lines nor places for the member. Nearly all of it concerns few
    # people: one statement asks for all of this, and only who is concerned pays for the questions themselves. They
    # depend on nothing but the account's key and the day (`existing`).
    concerns: "Callable[[User], Iterable[QuerySet[Any]]] | None" = None
    places: tuple[Place, ...] = ()
    # A page that the account is led to before it sees the desk; empty as long as nothing has to be said first.
    before_desk: "Callable[[User], str] | None" = None
    # What the button 新建 offers to whom may.
    creates: tuple[Place, ...] = ()
    # What the one search box finds by the words that somebody typed: only what the account may see, at most
    # FOUND_OF_A_KIND of a kind, the most likely first.
    finds: "Callable[[User, str], Iterable[Found]] | None" = None
    # The account's own work that is not handed in yet, or came back.
    drafts: "Callable[[User], Iterable[DeskItem]] | None" = None
    # What a school begins with, before the room has anything to show.
    first_steps: tuple[FirstStep, ...] = ()
    # Places at the thumb beside the four that everybody has.
    member_places: "Callable[[User], Iterable[MemberPlace]] | None" = None
    # What the portal knows of the account's owner, as rows of label and masked value, and addresses of own papers.
    member_facts: "Callable[[User], Iterable[tuple[str, str]]] | None" = None
    member_papers: "Callable[[User], Iterable[tuple[str, str]]] | None" = None
    # On a person's page at the desk, for what the account may see: episodes, and links (label, address) by the key.
    person_episodes: "Callable[[User, int], Iterable[Episode]] | None" = None
    person_links: "Callable[[User, int], Iterable[tuple[str, str]]] | None" = None


CONTRIBUTIONS: list[Contribution] = []


def contribute(contribution: Contribution) -> None:
    """Make a room's part known; called at the foot of the room's `portal`, which the app's `ready()` loads."""
    CONTRIBUTIONS.append(contribution)


def concerned(user: "User") -> list[Contribution]:
    """Return the parts that have something to say to the account as a member; asked once a request."""
    return user.once("concerned", lambda: _concerned(user))


def _concerned(user: "User") -> list[Contribution]:
    def asked(account: "User") -> dict[str, QuerySet[Any]]:
        return {
            f"part{number}_{place}": rows
            for number, part in enumerate(CONTRIBUTIONS)
            for place, rows in enumerate(part.concerns(account) if part.concerns else ())
        }

    key = tuple(part.concerns for part in CONTRIBUTIONS)
    numbers = {name.partition("_")[0] for name in existing(user, key, asked)}
    return [part for number, part in enumerate(CONTRIBUTIONS) if not part.concerns or f"part{number}" in numbers]


def before_desk(user: Any) -> str:
    """Return the page that comes before the account's desk, if something has to be said there first."""
    return next((page for part in CONTRIBUTIONS if part.before_desk and (page := part.before_desk(user))), "")


def first_steps() -> list[FirstStep]:
    """Return what a school begins with, of all apps in one order."""
    found = [step for part in CONTRIBUTIONS for step in part.first_steps]
    return sorted(found, key=lambda step: (step.rank, step.key))


def member_places(user: "User") -> list[MemberPlace]:
    """Return the places that the apps add at the account's thumb."""
    return [place for part in concerned(user) if part.member_places for place in part.member_places(user)]


def person_episodes(user: "User", person_id: int) -> list[Episode]:
    """Return every app's episodes of a person that the account may see, the newest first."""
    parts = [part.person_episodes for part in CONTRIBUTIONS if part.person_episodes]
    return sorted((one for part in parts for one in part(user, person_id)), key=lambda one: one.on, reverse=True)


def person_links(user: "User", person_id: int) -> list[tuple[str, str]]:
    """Return every app's pages about a person that the account may open: label and address."""
    parts = [part.person_links for part in CONTRIBUTIONS if part.person_links]
    return [link for part in parts for link in part(user, person_id)]
