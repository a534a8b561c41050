"""Server or web process killed with -9 while a round of thousands is posted; the ledger dumped and restored."""

import datetime as dt
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from decimal import Decimal
from itertools import cycle
from pathlib import Path
from typing import Any

import environ
import pytest
from django.conf import settings
from django.db import DatabaseError, OperationalError, connections
from django.db.backends.postgresql.base import DatabaseWrapper
from django.db.models import Sum
from django.test import override_settings

from members.memberships.models import Membership
from members.people.models import Person
from tests.factories import members
from tests.factories import rounds as welfare
from tests.factories.ledger import posting
from tests.welfare.ledger import posting_process
from union_portal.accounts.enums import Role
from union_portal.accounts.models import RoleAssignment
from union_portal.cluster import binaries, layout
from union_portal.cluster import launcher as cluster
from welfare.books import services as books
from welfare.grants.enums import SUBJECT, GrantState
from welfare.grants.models import Round
from welfare.ledger.models import LedgerEntry, Posting
from welfare.ledger.services import heads, verification
from welfare.rounds.services import payment

MEMBERS = 4_000
EACH = Decimal("800.00")
KILLS = 6
DAY = dt.date(2024, 2, 5)


@contextmanager
def _using(url: str) -> Iterator[None]:
    """Let this thread's default connection be another database for a while."""
    usual = connections["default"]
    other = DatabaseWrapper(usual.settings_dict | environ.Env.db_url_config(url), "default")
    connections["default"] = other
    try:
        yield
    finally:
        with suppress(DatabaseError):
            other.close()
        connections["default"] = usual


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Iterator[Path]:
    """A cluster of its own with the portal's tables, set up once."""
    elsewhere = Path(f"/var/tmp/portal-crash-{os.getpid()}")  # noqa: S108
    patch = pytest.MonkeyPatch()
    patch.setattr(layout, "SYSTEM_FOLDER", elsewhere)
    folder = tmp_path_factory.mktemp("crash") / "var"
    cluster.ensure_running(folder)
    # A killed process loses nothing the system already holds, so waiting for the disk would prove no more.
    with Path(layout.resolve(folder).data, "postgresql.conf").open("a") as file:
        file.write("fsync = off\n")
    cluster.stop(folder)
    cluster.ensure_running(folder)
    runtime, owner = layout.default_urls(folder)
    environment = os.environ | {
        "DATABASE_URL": runtime,
        "DATABASE_OWNER_URL": owner,
        "PORTAL_DATABASE_ROLE": "owner",
        "SECRET_KEY": "only-for-the-crash-test-" + "0123456789abcdef" * 3,
        "DJANGO_SETTINGS_MODULE": "union_portal.settings",
    }
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], check=True, env=environment, cwd=settings.BASE_DIR)
    with django_db_blocker.unblock(), override_settings(PORTAL_RUNTIME_ROLE=layout.RUNTIME):
        with _using(runtime):
            _approved_round()
        yield folder
    cluster.remove(folder)
    shutil.rmtree(elsewhere, ignore_errors=True)
    patch.undo()


def _approved_round() -> None:
    """Lock, price, submit and approve a cash round of thousands, after a posting that opens the chain."""
    preparer = members.account_with_role(Role.WELFARE)
    books.open_year(book=welfare.fund().book, year=DAY.year)
    posting(welfare.fund(), source_key="first", posted_on=DAY.replace(day=1))
    people = Person.objects.bulk_create(Person(name=f"会员{n}", staff_number=f"{n:06d}") for n in range(MEMBERS))
    Membership.objects.bulk_create(
        Membership(person=person, began_by="joined", valid_from=members.LONG_AGO) for person in people
    )
    welfare.approved(code="special_group", price=str(EACH), actor=preparer)
    welfare.treasurer()


@dataclass(frozen=True)
class Standing:
    """What a round has left in the ledger and beside it."""

    postings: int
    entries: int
    total: Decimal
    received: int
    due: int
    notes: int
    numbers: tuple[int, ...]


NOTHING = Standing(0, 0, Decimal(0), 0, MEMBERS, 0, (1,))
EVERYTHING = Standing(1, MEMBERS, EACH * MEMBERS, MEMBERS, 0, 1, (1, 2))


def _standing(round_: Round) -> Standing:
    entries = LedgerEntry.objects.paying(SUBJECT, round_.grants.values("pk"))
    return Standing(
        postings=Posting.objects.filter(source_key=f"round:{round_.pk}").count(),
        entries=entries.count(),
        total=entries.aggregate(total=Sum("amount", default=Decimal(0)))["total"],
        received=round_.grants.filter(state=GrantState.RECEIVED, received_on=DAY).count(),
        due=round_.grants.filter(state=GrantState.DUE, received_on=None).count(),
        notes=round_.moves.filter(action="post").count(),
        numbers=tuple(Posting.objects.order_by("number").values_list("number", flat=True)),
    )


class Poster:
    """A web process that posts the copy's round when it is let go."""

    def __init__(self, url: str, officer: str, round_id: int) -> None:
        environment = os.environ | {
            "DATABASE_URL": url,
            "DATABASE_OWNER_URL": url,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
        }
        self.process = subprocess.Popen(
            [sys.executable, "-c", posting_process.START, str(round_id), officer, DAY.isoformat()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            cwd=settings.BASE_DIR,
            text=True,
        )
        self.backend = 0

    def hear(self, word: str) -> str:
        """Return what follows the word on the process's next line."""
        assert self.process.stdout
        said, _, rest = self.process.stdout.readline().strip().partition(" ")
        assert said == word
        return rest

    def begin(self) -> None:
        """Let it send the form."""
        assert self.process.stdin
        self.hear("ready")
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        self.backend = int(self.hear("posting"))

    def end(self) -> None:
        """Kill it and wait for it."""
        self.process.kill()
        self.process.communicate()


def _kill_server(home: Path, _poster: Poster) -> None:
    """Kill the postmaster and every process of it with -9, as a power cut would, and start it again."""
    postmaster = int(Path(layout.resolve(home).data, "postmaster.pid").read_text().split()[0])
    children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
    for process in [postmaster, *map(int, children)]:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    cluster.ensure_running(home)


def _kill_backend(_home: Path, poster: Poster) -> None:
    """Kill the one database process that posts, unless it was quicker; the postmaster restarts the others."""
    with suppress(ProcessLookupError):
        os.kill(poster.backend, signal.SIGKILL)


def _kill_poster(_home: Path, poster: Poster) -> None:
    """Kill the web process that posts; the database goes on until it finds nobody listening."""
    poster.process.kill()


def _settle(url: str) -> None:
    """Wait until the server takes connections and nobody but ourselves is at work in the database."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with suppress(OperationalError), _using(url), connections["default"].cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
            )
            if cursor.fetchone() == (0,):
                return
        time.sleep(0.05)
    pytest.fail("the database does not come to rest")


def _copy(owner: str, name: str) -> None:
    """Make a fresh copy of the prepared database."""
    with _using(owner.replace(f"/{layout.DATABASE}?", "/postgres?")), connections["default"].cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {layout.DATABASE}")
        cursor.execute(f"REVOKE TEMPORARY ON DATABASE {name} FROM PUBLIC")


def test_a_server_killed_in_the_middle_of_posting_a_round_leaves_nothing_or_all(home: Path) -> None:
    runtime, owner = layout.default_urls(home)
    copy = runtime.replace(f"/{layout.DATABASE}?", "/copy?")
    with _using(runtime):
        made = Round.objects.get()
        officer = RoleAssignment.objects.get(role=Role.FINANCE).user.staff_number

    def begun() -> Poster:
        poster = Poster(copy, officer, made.pk)
        _copy(owner, "copy")
        poster.begin()
        return poster

    rehearsal, started = begun(), time.monotonic()
    assert rehearsal.hear("answered") == "302"
    takes = time.monotonic() - started
    rehearsal.end()
    outcomes = []
    for turn, kill in zip(range(KILLS), cycle([_kill_server, _kill_poster, _kill_backend]), strict=False):
        poster = begun()
        time.sleep(takes * (turn + 0.5) / KILLS)
        kill(home, poster)
        poster.end()
        _settle(copy)
        with _using(copy):
            left = _standing(made)
            assert left in {NOTHING, EVERYTHING}, kill.__name__
            assert verification.verify() == []
            outcomes.append(left)
            payment.post_roster(subject=made, on=DAY, actor=welfare.treasurer())
            assert _standing(made) == EVERYTHING
            assert verification.verify() == []
    assert outcomes.count(NOTHING) >= KILLS // 3, "too few kills hit the posting in its middle"


def test_a_dumped_and_restored_ledger_still_holds(home: Path, tmp_path: Path) -> None:
    runtime, owner = layout.default_urls(home)
    with _using(runtime):
        before = heads.heads()
        assert before
        heads.remember_heads(printed_in="备份")
    dump, copy = tmp_path / "ledger.dump", owner.replace("/portal?", "/restored?")

    def run(program: str, *words: str) -> None:
        path = binaries.programs(major=binaries.version_of(layout.resolve(home))) / program
        subprocess.run([path, *words], check=True)

    with _using(owner), connections["default"].cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("CREATE DATABASE restored TEMPLATE template1")
        cursor.execute("REVOKE TEMPORARY ON DATABASE restored FROM PUBLIC")
    run("pg_dump", "--format=custom", f"--file={dump}", f"--dbname={owner.replace('postgres://', 'postgresql://')}")
    run("pg_restore", "--exit-on-error", "--no-comments", "--single-transaction", f"--dbname={copy}", str(dump))
    with _using(copy), connections["default"].cursor() as cursor:
        cursor.execute("RESET ROLE")
        assert heads.heads() == before
        assert verification.verify() == []


pytestmark = [
    pytest.mark.heavy,
    pytest.mark.skipif(not list(binaries.DEBIAN.glob("*/bin/initdb")), reason="PostgreSQL's programs are missing"),
]
