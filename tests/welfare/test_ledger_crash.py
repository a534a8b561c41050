"""The server killed with -9 in the middle of posting a round of 10,000, and the ledger dumped and restored."""

import datetime as dt
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

import environ
import pytest
from django.conf import settings
from django.db import DatabaseError, connections, transaction
from django.db.backends.postgresql.base import DatabaseWrapper
from django.db.models import QuerySet, Value
from django.test import override_settings

from members.models import Person
from tests.factories.welfare import account, approval, open_book
from union_portal.base import cluster
from union_portal.base.cluster import binaries, launcher, layout
from welfare.enums import Category, Form, GrantState, PostingKind
from welfare.models import Benefit, Fund, Grant, LedgerAccount, LedgerEntry, Occasion, Posting
from welfare.services import ledger

pytestmark = [
    pytest.mark.heavy,
    pytest.mark.skipif(not list(binaries.DEBIAN.glob("*/bin/initdb")), reason="PostgreSQL's programs are missing"),
]
MEMBERS = 10_000
KILLS = 10
DAY = dt.date(2024, 2, 1)


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
    with Path(cluster.resolve(folder).data, "postgresql.conf").open("a") as file:
        file.write("fsync = off\n")
    cluster.stop(folder)
    cluster.ensure_running(folder)
    runtime, owner = cluster.default_urls(folder)
    environment = os.environ | {
        "DATABASE_URL": runtime,
        "DATABASE_OWNER_URL": owner,
        "PORTAL_DATABASE_ROLE": "owner",
        "SECRET_KEY": "only-for-the-crash-test-" + "0123456789abcdef" * 3,
        "DJANGO_SETTINGS_MODULE": "union_portal.settings",
    }
    for command in ("migrate", "grant_runtime"):
        subprocess.run(
            [sys.executable, "manage.py", command, "-v0"], check=True, env=environment, cwd=settings.BASE_DIR
        )
    with django_db_blocker.unblock(), override_settings(PORTAL_RUNTIME_ROLE=cluster.RUNTIME):
        with _using(runtime):
            _people()
        yield folder
    launcher.remove(folder)
    shutil.rmtree(elsewhere, ignore_errors=True)
    patch.undo()


def _people() -> None:
    open_book(2024)
    account()
    Benefit.objects.create(code="test-spring", name="测试慰问金", category=Category.FESTIVAL, form=Form.CASH)
    Person.objects.bulk_create(Person(name=f"会员{n}", staff_number=f"{n:06d}") for n in range(MEMBERS))


def _roster(name: str) -> "QuerySet[Grant]":
    """Give every person a grant that is due on a new occasion."""
    occasion = Occasion.objects.create(code=name, name=name, year=2024)
    benefit = Benefit.objects.get(code="test-spring")
    Grant.objects.bulk_create(
        Grant(
            person_id=person,
            benefit=benefit,
            occasion=occasion,
            state=GrantState.LISTED,
            form=Form.CASH,
            amount=Decimal("300.00"),
            granted_on=DAY,
        )
        for person in Person.objects.values_list("pk", flat=True)
    )
    grants = Grant.objects.filter(occasion=occasion)
    grants.update(state=GrantState.DUE)
    return grants


def _post(grants: "QuerySet[Grant]", source_key: str) -> None:
    """Post a cash roster: its entries, its posting and its grants in one transaction."""
    fund = Fund.objects.latest("pk")
    under = LedgerAccount.objects.latest("pk")
    with transaction.atomic():
        ledger.post_from_query(
            book=fund.book,
            posted_on=DAY,
            kind=PostingKind.ROUND,
            summary="春节慰问金",
            rows=grants.annotate(under=Value(under.pk), out_of=Value(fund.pk))
            .order_by()
            .values_list("pk", "under", "out_of", "amount", "granted_on"),
            approval=approval(),
            source_key=source_key,
        )
        grants.update(state=GrantState.RECEIVED, received_on=DAY)


def _kill_server(home: Path) -> None:
    """Kill the postmaster and every process of it with -9, as a power cut would."""
    postmaster = int(Path(cluster.resolve(home).data, "postmaster.pid").read_text().split()[0])
    children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
    for process in [postmaster, *map(int, children)]:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)


def _post_in_thread(runtime: str, name: str, begun: threading.Event) -> None:
    with _using(runtime):
        grants = Grant.objects.filter(occasion__code=name)
        begun.set()
        with suppress(DatabaseError):
            _post(grants, source_key=name)


def test_a_server_killed_in_the_middle_of_posting_leaves_nothing_or_all(home: Path) -> None:
    runtime, _owner = cluster.default_urls(home)
    with _using(runtime):
        rehearsal = _roster("rehearsal")
        started = time.monotonic()
        _post(rehearsal, source_key="rehearsal")
        takes = time.monotonic() - started
        _roster("round 0")
    name, outcomes = "round 0", []
    for turn in range(KILLS):
        begun = threading.Event()
        poster = threading.Thread(target=_post_in_thread, args=(runtime, name, begun))
        poster.start()
        begun.wait()
        time.sleep(takes * (turn + 0.5) / KILLS)
        _kill_server(home)
        poster.join()
        cluster.ensure_running(home)
        with _using(runtime):
            grants = Grant.objects.filter(occasion__code=name)
            posted = Posting.objects.filter(source_key=name).count()
            entries = LedgerEntry.objects.filter(grant__in=grants).count()
            received = grants.filter(state=GrantState.RECEIVED).count()
            assert (posted, entries, received) in {(0, 0, 0), (1, MEMBERS, MEMBERS)}
            outcomes.append(posted)
            if posted:
                name = f"round {turn + 1}"
                _roster(name)
    assert 0 in outcomes, "no kill hit a posting in its middle"
    with _using(runtime):
        _post(Grant.objects.filter(occasion__code=name), source_key=name)
        assert ledger.verify() == []
        numbers = list(Posting.objects.order_by("number").values_list("number", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))


def test_a_dumped_and_restored_ledger_still_holds(home: Path, tmp_path: Path) -> None:
    runtime, owner = cluster.default_urls(home)
    with _using(runtime):
        before = ledger.heads()
        ledger.remember_heads(printed_in="备份")
    dump, copy = tmp_path / "ledger.dump", owner.replace("/portal?", "/restored?")

    def run(program: str, *words: str) -> None:
        path = binaries.programs(major=binaries.version_of(cluster.resolve(home))) / program
        subprocess.run([path, *words], check=True)

    with _using(owner), connections["default"].cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("CREATE DATABASE restored TEMPLATE template1")
    run("pg_dump", "--format=custom", f"--file={dump}", f"--dbname={owner.replace('postgres://', 'postgresql://')}")
    run("pg_restore", "--exit-on-error", "--no-comments", "--single-transaction", f"--dbname={copy}", str(dump))
    with _using(copy), connections["default"].cursor() as cursor:
        cursor.execute("RESET ROLE")
        assert ledger.heads() == before
        assert ledger.verify() == []
