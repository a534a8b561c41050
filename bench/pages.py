"""What pages cost, by CPU, against a signed-in view that says nothing and the empty frames of member and officer.

Each page is fetched in process, by turns with the empty ones and by turns in two colleges that stand side by side: one
of the demo's size, and a large school after fifteen years. Marked is what misses the aims.
"""

import gc
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.college import Size, found
from bench.measuring import Spent, backend_seconds, scratch_database
from union_portal.accounts.models import User

RUNS = 3
# A turn is so many fetches: the kernel tells a backend's CPU in hundredths of a second.
FETCHES = 8
# A new connection plans anew, a kept statement five times before it keeps the plan (`base/prepared.py`).
WARM = 6
DEMO = Size(people=1_200, years=5, delegates=165, sessions=4, suggestions=100, committees=12, meetings=100)
SCHOOL = Size(people=15_000, years=15, delegates=340, sessions=50, suggestions=5_000, committees=150, meetings=2_160)
QUICK = (
    Size(people=200, years=3, delegates=20, sessions=2, suggestions=60, committees=5, meetings=60),
    Size(people=800, years=5, delegates=40, sessions=5, suggestions=200, committees=20, meetings=200),
)
GROWTH = 1.2


@dataclass(frozen=True)
class Page:
    """A page, who looks, which empty page it is held against and what it may take."""

    name: str
    who: str
    against: str
    times: float | None
    queries: int | None = None
    kilobytes: int = 300
    growth: float = GROWTH


NOTHING, MEMBER, OFFICER = "/bench/nothing/", "/bench/member/", "/bench/officer/"
OWN = [Page(name, who, NOTHING, 5, 12) for who in ("member", "delegate") for name in ("/", "/benefits/", "/me/")]
LISTS = [
    Page(f"{name}_changelist", who, OFFICER, 3, None, 120)
    for who, names in {
        "chair": ("welfare_grant", "welfare_ledgerentry", "welfare_cover", "welfare_posting", "members_person"),
        "welfare": ("welfare_grant", "welfare_round"),
        "branch chair": ("welfare_grant", "welfare_cover", "members_person"),
        "congress": (
            *("congress_proposal", "congress_suggestion", "congress_session", "congress_delegate"),
            *("congress_committeeseat", "congress_meeting"),
        ),
        "admin": ("accounts_accessentry", "accounts_user"),
    }.items()
    for name in names
]
DESKS = [Page("/admin/", who, OFFICER, 3) for who in ("chair", "welfare", "branch chair", "congress")]
# Pages of one row: the latest of its kind.
ROWS = [
    Page("members_person_roster", "branch chair", OFFICER, None),
    Page("members_person_change", "chair", OFFICER, None),
    Page("welfare_round_change", "welfare", OFFICER, None),
    Page("congress_session_change", "congress", OFFICER, None),
    Page("annual_report_outlinechapter_change", "chair", OFFICER, None),
    Page("annual_report_annualreport_change", "chair", OFFICER, None, growth=2),
]
PAGES = (*OWN, *LISTS, *DESKS, *ROWS)


@dataclass(frozen=True)
class Cost:
    """What a page took: median CPU of one fetch, queries, repeated ones, bytes before compression, rows listed."""

    cpu: float
    server: float
    queries: int
    repeated: int
    kilobytes: float
    rows: int


@dataclass(frozen=True)
class College:
    """A filled database, who is signed in there, and where its pages are."""

    database: str
    clients: Mapping[str, Client]
    addresses: Mapping[Page, str]

    def enter(self) -> None:
        """Ask this database from now on."""
        connection.close()
        connection.settings_dict["NAME"] = self.database
        with connection.cursor() as cursor:
            cursor.execute("SET max_parallel_workers_per_gather = 0")
        ContentType.objects.clear_cache()


Costs = dict[tuple[str, str], Cost]


def measure(*, quick: bool = False) -> None:
    """Fill both colleges, fetch every page of both by turns, and print the table."""
    sizes = QUICK if quick else (DEMO, SCHOOL)
    with override_settings(ROOT_URLCONF="bench.empty", PORTAL_STAFF_TOTP=False, ALLOWED_HOSTS=["*"]):
        small = filled(sizes[0])
        with scratch_database("pages_school"):
            report(*compared((small, filled(sizes[1])), runs=2 if quick else RUNS))
            connection.close()


def filled(size: Size) -> College:
    """Fill the database that is asked at present; sign everybody in."""
    return college(found(size))


def college(users: Mapping[str, User]) -> College:
    """Return the college of the database that is asked at present, which is filled."""
    clients = {who: _signed_in(user) for who, user in users.items()}
    return College(str(connection.settings_dict["NAME"]), clients, {page: _address(page.name) for page in PAGES})


def compared(colleges: tuple[College, College], *, runs: int) -> tuple[Costs, Costs]:
    """Fetch every page in both colleges by turns."""
    empty = [
        Page(frame, who, frame, None)
        for who in colleges[0].clients
        for frame in (NOTHING, MEMBER if who in {"member", "delegate"} else OFFICER)
    ]
    turns: list[dict[tuple[str, str], list[Spent]]] = [defaultdict(list), defaultdict(list)]
    told: list[dict[tuple[str, str], tuple[int, int, float, int]]] = [{}, {}]
    for run in range(runs):
        for place, one in enumerate(colleges):
            one.enter()
            for page in (*empty, *PAGES):
                key, client = (page.who, page.name), one.clients[page.who]
                address = one.addresses.get(page, page.name)
                if not run:
                    told[place][key] = _once(client, address)
                turns[place][key].append(_turn(client, address))
        print(f"turn {run + 1} of {runs}", file=sys.stderr)
    before, after = (
        {
            key: Cost(
                statistics.median(turn.cpu for turn in several) / FETCHES,
                statistics.median(turn.server for turn in several) / FETCHES,
                *told[place][key],
            )
            for key, several in turns[place].items()
        }
        for place in range(2)
    )
    return before, after


def report(before: Costs, after: Costs) -> None:
    """Print each page at both sizes with what it is held against, how it grew, and what misses its aim."""
    print("\nCPU of one fetch in ms, Python and PostgreSQL together: demo → school (of which PostgreSQL)")
    print("| page | who | demo | school | (SQL) | × nothing | × frame | queries | KB | growth | aims |")
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    frames = {who: frame for who, frame in after if frame in {MEMBER, OFFICER}}
    for who, frame in [one for one in after if one[1] in {NOTHING, MEMBER, OFFICER}]:
        one, other = before[who, frame], after[who, frame]
        print(
            f"| {frame} | {who} | {one.cpu * 1e3:.1f} | {other.cpu * 1e3:.1f} | {other.server * 1e3:.1f} | | |"
            f" {other.queries} | {other.kilobytes:.0f} | | |"
        )
    missed = 0
    for page in PAGES:
        one, cost = before[page.who, page.name], after[page.who, page.name]
        nothing, frame = (after[page.who, name].cpu for name in (NOTHING, frames[page.who]))
        # A list that is short in the smaller college grows by its rows: only full pages are judged.
        growth, as_many = cost.cpu / one.cpu, one.rows == cost.rows
        times = cost.cpu / after[page.who, page.against].cpu
        marks = [
            mark
            for mark, misses in {
                f"> {page.times} ×": page.times is not None and times > page.times,
                f"> {page.queries} queries": page.queries is not None and cost.queries > page.queries,
                "asks twice": bool(cost.repeated),
                f"> {page.kilobytes} KB": cost.kilobytes > page.kilobytes,
                f"grows > {page.growth}": as_many and growth > page.growth,
            }.items()
            if misses
        ]
        missed += bool(marks)
        rows = "" if as_many else f" ({one.rows} → {cost.rows} rows)"
        print(
            f"| {page.name} | {page.who} | {one.cpu * 1e3:.1f} | {cost.cpu * 1e3:.1f} | {cost.server * 1e3:.1f} |"
            f" {cost.cpu / nothing:.1f} | {cost.cpu / frame:.1f} | {cost.queries} | {cost.kilobytes:.0f} |"
            f" {growth:.2f}{rows} | {'**missed**: ' + '; '.join(marks) if marks else 'met'} |"
        )
    print(f"\n{missed} of {len(PAGES)} pages miss an aim")


def _address(name: str) -> str:
    if name.startswith("/"):
        return name
    if not name.endswith("_change"):
        return reverse(f"admin:{name}")
    app, _, model = name.removesuffix("_change").rpartition("_")
    rows = apps.get_model(app, model)._default_manager.order_by("-pk")  # noqa: SLF001
    return reverse(f"admin:{name}", args=[rows.values_list("pk", flat=True)[0]])


def _signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _once(client: Client, address: str) -> tuple[int, int, float, int]:
    """Fetch twice, the first time to warm what is kept; return queries, repeated ones, kilobytes, rows listed."""
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address}: {answer.status_code} {answer.headers}")
    same = sum(count - 1 for count in Counter(one["sql"] for one in asked).values())
    return len(asked), same, len(answer.content) / 1024, answer.content.count(b"<tr")


def _turn(client: Client, address: str) -> Spent:
    for _fetch in range(WARM):
        client.get(address)
    gc.collect()
    server, wall, own = backend_seconds(), time.perf_counter(), time.process_time()
    for _fetch in range(FETCHES):
        client.get(address)
    return Spent(time.perf_counter() - wall, time.process_time() - own, backend_seconds() - server)
