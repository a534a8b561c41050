"""What pages cost, by CPU, against a signed-in view that says nothing and the empty frames of member and officer.

Each page is fetched in process, by turns with the empty ones; at the demo's size and at that of a large school after
fifteen years. Marked is what misses the aims: queries, identical ones, bytes, times the empty page, and growth.
"""

import gc
import statistics
import time
from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.college import Size, found
from bench.measuring import Spent, backend_seconds, scratch_database
from union_portal.accounts.models import User

RUNS = 7
# A turn is so many fetches: the kernel tells a backend's CPU in hundredths of a second.
FETCHES = 10
DEMO = Size(people=1_200, years=5, delegates=165, sessions=4, suggestions=100)
SCHOOL = Size(people=15_000, years=15, delegates=340, sessions=50, suggestions=5_000)
GROWTH = 1.2


@dataclass(frozen=True)
class Page:
    """A page, who looks, which empty page it is held against and what it may take."""

    name: str
    who: str
    against: str
    times: float
    queries: int | None = None
    kilobytes: int = 300


NOTHING, MEMBER, OFFICER = "/bench/nothing/", "/bench/member/", "/bench/officer/"
OWN = [Page(name, who, NOTHING, 5, 12) for who in ("member", "delegate") for name in ("/", "/benefits/", "/me/")]
LISTS = [
    Page(name, who, OFFICER, 3, None, 120)
    for who, names in {
        "chair": ("welfare_grant", "welfare_ledgerentry", "welfare_cover", "welfare_posting", "members_person"),
        "welfare": ("welfare_grant", "welfare_round"),
        "branch chair": ("welfare_grant", "welfare_cover", "members_person"),
        "congress": ("congress_proposal", "congress_suggestion", "congress_session", "congress_delegate"),
        "admin": ("accounts_accessentry", "accounts_user"),
    }.items()
    for name in names
]
DESKS = [Page("/admin/", who, OFFICER, 3) for who in ("chair", "welfare", "branch chair", "congress")]


@dataclass(frozen=True)
class Cost:
    """What a page took: median CPU of one fetch, queries, repeated ones, bytes before compression."""

    cpu: float
    server: float
    queries: int
    repeated: int
    kilobytes: float


Costs = dict[tuple[str, str], Cost]


def measure(*, quick: bool = False) -> None:
    """Measure at both sizes and print the table."""
    small = Size(people=200, years=3, delegates=20, sessions=2, suggestions=20) if quick else DEMO
    before = at(small, quick=quick)
    if quick:
        report(before, before)
        return
    # The first size's rows go with its database.
    with scratch_database("pages_school"):
        report(before, at(SCHOOL))


def at(size: Size, *, quick: bool = False) -> Costs:
    """Fill the database and fetch every page by turns."""
    users = found(size)
    pages = [(page.who, _address(page)) for page in (*OWN, *LISTS, *DESKS)]
    empty = [(who, frame) for who in users for frame in (NOTHING, MEMBER if who in {"member", "delegate"} else OFFICER)]
    turns: dict[tuple[str, str], list[Spent]] = defaultdict(list)
    told: dict[tuple[str, str], tuple[int, int, float]] = {}
    with override_settings(ROOT_URLCONF="bench.empty", PORTAL_STAFF_TOTP=False, ALLOWED_HOSTS=["*"]):
        clients = {who: _signed_in(user) for who, user in users.items()}
        for one in (*empty, *pages):
            told[one] = _once(clients[one[0]], one[1])
        for _run in range(2 if quick else RUNS):
            for one in (*empty, *pages):
                turns[one].append(_turn(clients[one[0]], one[1]))
    return {
        one: Cost(
            statistics.median(turn.cpu for turn in several) / FETCHES,
            statistics.median(turn.server for turn in several) / FETCHES,
            *told[one],
        )
        for one, several in turns.items()
    }


def report(before: Costs, after: Costs) -> None:
    """Print each page with what it is held against, how it grew, and what misses its aim."""
    print(
        f"\n{'page':34} {'who':13} {'ms':>7} {'(SQL)':>7} {'queries':>7} {'same':>5} {'KB':>6} {'×':>6} {'growth':>6}"
    )
    for who, frame in [one for one in after if one[1] in {NOTHING, MEMBER, OFFICER}]:
        cost = after[who, frame]
        print(f"{frame:34} {who:13} {cost.cpu * 1e3:7.1f} {cost.server * 1e3:7.1f} {cost.queries:7}")
    missed = 0
    for page in (*OWN, *LISTS, *DESKS):
        one = (page.who, _address(page))
        cost, times = after[one], after[one].cpu / after[page.who, page.against].cpu
        growth = cost.cpu / before[one].cpu
        marks = [
            mark
            for mark, misses in {
                f"> {page.times:g} ×": times > page.times,
                f"> {page.queries} queries": page.queries is not None and cost.queries > page.queries,
                "asks twice": bool(cost.repeated),
                f"> {page.kilobytes} KB": cost.kilobytes > page.kilobytes,
                f"grows > {GROWTH}": growth > GROWTH,
            }.items()
            if misses
        ]
        missed += bool(marks)
        print(
            f"{page.name:34} {page.who:13} {cost.cpu * 1e3:7.1f} {cost.server * 1e3:7.1f} {cost.queries:7}"
            f" {cost.repeated:5} {cost.kilobytes:6.0f} {times:6.1f} {growth:6.2f}  {'; '.join(marks)}"
        )
    print(f"{missed} of {len(OWN) + len(LISTS) + len(DESKS)} pages miss an aim")


def _address(page: Page) -> str:
    return page.name if page.name.startswith("/") else reverse(f"admin:{page.name}_changelist")


def _signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _once(client: Client, address: str) -> tuple[int, int, float]:
    """Fetch twice, the first time to warm what is kept; return the queries, the repeated ones, the kilobytes."""
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address}: {answer.status_code} {answer.headers}")
    same = sum(count - 1 for count in Counter(one["sql"] for one in asked).values())
    return len(asked), same, len(answer.content) / 1024


def _turn(client: Client, address: str) -> Spent:
    gc.collect()
    server, wall, own = backend_seconds(), time.perf_counter(), time.process_time()
    for _fetch in range(FETCHES):
        client.get(address)
    return Spent(time.perf_counter() - wall, time.process_time() - own, backend_seconds() - server)
