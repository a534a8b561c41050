"""Forty-five kills with -9 spread over nine steps, a stopped database, a silent mail server, a dead worker.

Nothing is half done, a screen leads on from every state, and no file is left over.
"""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest
from django.apps import apps
from django.core import mail
from django.db import OperationalError, connection, models
from django.urls import reverse
from django.utils import timezone

from members.branches.enums import BranchKind
from members.branches.models import Branch
from tests.faults.children import Child
from tests.faults.post_office import post_office
from tests.faults.prepared import SPARE, TURNS
from tests.faults.scene import BEGUN, BUSY, FAILED, OURS, Scene
from tests.faults.step import ALL, NOTHING, TOLD, Step
from tests.faults.web_steps import Freeze
from tests.faults.worker_steps import STEPS, Export, Judge, Render
from union_portal.accounts.enums import Role
from union_portal.accounts.models import User
from union_portal.base.importing.copying import copy_rows
from union_portal.cluster import binaries
from union_portal.home.imports.models import PendingImport
from union_portal.home.imports.services.uploads import sweep_uploads
from welfare.ledger.services import verification

# What is killed in a turn; each step begins with another, so that every turn sees all of them.
VICTIMS = ("process", "process", "backend", "process", "postmaster")
MONTH = 30 * 24 * 3600
HEARD = "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '9 seconds'"
NO_WORKER = "后台服务没有运行"


def _begin(scene: Scene, step: Step, turn: int, *, midst: int = 0) -> tuple[Child, int]:
    """Let the step begin in a process of its own; return it and the database process that it works with."""
    with scene.server.used():
        step.begin(turn)
        form = step.form()
    if form is not None:
        child = scene.fork({**form, "midst": midst, "session": scene.prepared.sessions[step.role]})
        return child, int(child.hear("sends"))
    child = scene.fork()
    assert scene.wait(BEGUN, bool)
    return child, 0


def _rehearse(scene: Scene, step: Step) -> float:
    """Do the step undisturbed; return how many statements a form's takes, how many seconds the worker's."""
    child, backend = _begin(scene, step, 0)
    started = time.monotonic()
    if backend:
        status, _number, done = child.hear("answered").split()
        assert status == "302"
        takes = float(done)
    else:
        assert scene.wait(BUSY, lambda busy: not busy)
        takes = time.monotonic() - started
    child.end()
    with scene.server.used():
        assert step.left() == ALL, step
    return takes


def _disturb(scene: Scene, step: Step, turn: int, victim: str, takes: float) -> None:
    """Let the step begin and kill in the midst of it, in each turn a little later."""
    midst = takes * (turn - 0.5) / (TURNS - 1)
    child, backend = _begin(scene, step, turn, midst=max(1, round(midst)))
    if backend:
        child.hear("midst")
    else:
        time.sleep(midst)
    _kill(scene, victim, child, backend)
    scene.server.settle()


def _kill(scene: Scene, victim: str, child: Child, backend: int) -> None:
    """Kill; where the database is hit the process is left alive to say what it makes of that."""
    if victim == "process":
        child.end()
        return
    if victim == "postmaster":
        scene.server.kill()
    else:
        with suppress(ProcessLookupError, IndexError):
            os.kill(backend or scene.server.backends()[0], signal.SIGKILL)
    if backend:
        status, number, _done = child.hear("answered").split()
        assert status in {"302", "503"}
        assert number
    else:
        scene.wait(BEGUN, lambda begun: not begun, seconds=1)
    child.end()


def _leftovers(scene: Scene) -> list[str]:
    """Let weeks go by and the sweep be done; return files that no row names, and names without a file."""
    folder = scene.server.uploads
    for path in folder.rglob("*"):
        past = time.time() - MONTH
        os.utime(path, (past, past))
    PendingImport.objects.filter(large=False).update(expires_at=timezone.now())
    sweep_uploads()
    named: set[str] = set()
    for model in apps.get_models():
        for column in model._meta.local_concrete_fields:
            if isinstance(column, models.FileField) and not hasattr(model, "pgh_tracked_model"):
                named |= set(model._base_manager.exclude(**{column.name: ""}).values_list(column.name, flat=True))
    there = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    return [*sorted(named ^ there), *map(str, scene.server.temporary.rglob("*.upload*"))]


def _let_go(scene: Scene) -> None:
    """Every job that failed for good is named to the administrator, who lets it go."""
    web, page = scene.prepared.web(Role.ADMINISTRATOR), reverse("home:jobs")
    shown = web.get(page).content.decode()
    for (job,) in scene.server.ask(f"SELECT id FROM procrastinate_jobs WHERE status = 'failed' AND {OURS}"):  # noqa: S608
        assert f'name="job" value="{job}"' in shown
        web.post(page, {"job": job, "drop": ""})
    assert "没有失败的任务" in web.get(page).content.decode()


def test_whatever_is_killed_nothing_is_half_done_and_a_screen_leads_on(scene: Scene) -> None:
    done = [scene.step(kind) for kind in STEPS]
    takes = [_rehearse(scene, step) for step in done]
    outcomes: dict[str, list[str]] = {type(step).__name__: [] for step in done}
    for turn in range(1, TURNS):
        for place, step in enumerate(done):
            victim = VICTIMS[(turn + place) % len(VICTIMS)]
            kind = type(step).__name__
            name = f"{kind}, {victim} killed, turn {turn}"
            _disturb(scene, step, turn, victim, takes[place])
            with scene.server.used():
                left = step.left()
                outcomes[kind].append(left)
                assert left in {NOTHING, ALL, TOLD}, name
                scene.minutes_pass()
                step.lead_on()
                assert step.left() == ALL, f"{name}, led on"
        with scene.server.used():
            assert _leftovers(scene) == []
            _let_go(scene)
    with scene.server.used():
        assert verification.verify() == []
    assert sum(map(len, outcomes.values())) == 45
    # What had begun and left nothing was hit in its middle.
    assert [kind for kind, left in outcomes.items() if set(left) == {ALL}] == []


def test_a_database_lost_among_rows_that_are_copied_is_told_as_any_other(scene: Scene) -> None:
    # Rows without a fault: the first may be looked at before the signal is.
    def rows() -> Iterator[tuple[str, str, str]]:
        os.kill(scene.server.backends()[0], signal.SIGTERM)
        for number in range(10_000):
            yield f"K{number}", f"第{number}院分工会", BranchKind.BRANCH

    with scene.server.used(), pytest.raises(OperationalError):
        copy_rows(Branch, [one for one in Branch._meta.concrete_fields if one.name in {"code", "name", "kind"}], rows())


def test_while_the_database_is_stopped_pages_say_so_and_the_worker_goes_on_afterwards(scene: Scene) -> None:
    judge, worker = scene.step(Judge), scene.fork()
    web = scene.prepared.web(Role.ORGANISATION)
    web.raise_request_exception = False
    with scene.server.used():
        judge.begin(SPARE)
        assert scene.wait(BUSY, lambda busy: not busy)
        assert judge.left() == ALL
        scene.server.stop()
        for address in ("/", reverse("home:import_upload")):
            connection.close_if_unusable_or_obsolete()  # as at the beginning of every request, but not of a test's
            told = web.post(address) if "import" in address else web.get(address)
            shown = told.content.decode()
            assert told.status_code == 503
            assert "系统暂时不能使用" in shown
            assert f"编号：<code>{told['X-Request-ID']}</code>" in shown
        assert web.get("/health/").status_code == 503
        scene.server.start()
        connection.close_if_unusable_or_obsolete()
        assert web.get(reverse("home:import_upload")).status_code == 200
        # The same worker, whose threads had their connections to the server that was stopped.
        judge.begin(SPARE)
        assert scene.wait(BUSY, lambda busy: not busy)
        assert judge.left() == ALL
    worker.end()


def test_only_the_worker_waits_for_a_silent_mail_server_and_what_it_gave_up_is_tried_again(scene: Scene) -> None:
    web, page = scene.prepared.web(Role.ADMINISTRATOR), reverse("home:jobs")
    with scene.server.used(), post_office(silent=True) as silent:
        member = User.objects.create_user(staff_number="20150001", name="林知远", email="lin@example.org")
        mail.outbox.clear()
        assert web.post(reverse("admin:accounts_user_mail_code", args=[member.pk])).status_code == 302
        assert mail.outbox == []
        worker = scene.fork(office=silent)
        assert scene.wait(FAILED, bool)
        worker.end()
        assert f"发送登录码 · {member}" in web.get(page).content.decode()
        (job,) = scene.server.ask(f"SELECT id FROM procrastinate_jobs WHERE status = 'failed' AND {OURS}")  # noqa: S608
        web.post(page, {"job": job[0], "again": ""})
        scene.office.letters.clear()
        scene.work()
        assert "没有失败的任务" in web.get(page).content.decode()
    (letter,) = scene.office.letters
    assert "To: lin@example.org" in letter


def test_a_dead_worker_is_told_wherever_somebody_waits(scene: Scene) -> None:
    waiting = [scene.step(kind) for kind in (Judge, Render, Export)]
    administrator = scene.prepared.web(Role.ADMINISTRATOR)
    worker = scene.fork()
    assert scene.wait(HEARD, bool)
    worker.end()
    with scene.server.used():
        scene.minutes_pass()
        frozen = scene.step(Freeze)
        frozen.begin(SPARE)
        frozen.lead_on()
        for step in waiting:
            step.begin(SPARE)
        assert "worker: missing, last heard 20" in administrator.get("/health/").content.decode()
        for shown in (administrator.get(reverse("admin:index")), administrator.get(reverse("home:jobs"))):
            assert "没有运行" in shown.content.decode()
        assert [NO_WORKER in step.shown() for step in waiting] == [True] * 3
        scene.work()
        assert [NO_WORKER in step.shown() for step in waiting] == [False] * 3
        assert [step.left() for step in waiting] == [ALL] * 3
        worker = scene.fork()
        assert scene.wait(HEARD, bool)
        assert "worker: ok" in administrator.get("/health/").content.decode()
        worker.end()


pytestmark = [
    pytest.mark.django_db,
    pytest.mark.attack,
    pytest.mark.heavy,
    pytest.mark.skipif(not list(binaries.DEBIAN.glob("*/bin/initdb")), reason="PostgreSQL's programs are missing"),
]
