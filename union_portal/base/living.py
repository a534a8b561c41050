"""Whether the worker runs, and whether a job is still in its hands; read from the job queue's own tables.

A job that a page waits for is queued under a lock, which is the key of its progress. A worker writes its heartbeat
every ten seconds; three that failed to come mean that it was killed.
"""

import datetime as dt

from django.db.models import Max, Q, QuerySet
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

SILENT_SECONDS = 40


def last_heard() -> dt.datetime | None:
    """Return the worker's last heartbeat; None where none has ever run, or the last one was stopped in order."""
    heard: dt.datetime | None = ProcrastinateWorker.objects.aggregate(last=Max("last_heartbeat"))["last"]
    return heard


def worker_runs() -> bool:
    """Tell whether a worker was heard of just now."""
    return is_recent(last_heard())


def is_recent(heard: dt.datetime | None) -> bool:
    """Tell whether a worker with this last heartbeat runs."""
    return heard is not None and heard >= _since()


def is_alive(lock: str) -> bool:
    """Tell whether a job under this lock waits, or is at work in a worker that was heard of just now."""
    return _of(lock).exists()


def is_at_work(lock: str) -> bool:
    """Tell whether a job under this lock will still end by itself: it is at work, or waits for a worker that runs."""
    states = set(_of(lock).values_list("status", flat=True))
    return "doing" in states or ("todo" in states and worker_runs())


def drop(lock: str) -> None:
    """Take back what waits under this lock and was not begun."""
    for pk in ProcrastinateJob.objects.filter(lock=lock, status="todo").values_list("pk", flat=True):
        app.job_manager.cancel_job_by_id(pk)


def _of(lock: str) -> QuerySet[ProcrastinateJob]:
    at_work = Q(status="doing", worker__last_heartbeat__gte=_since())
    return ProcrastinateJob.objects.filter(Q(status="todo") | at_work, lock=lock)


def _since() -> dt.datetime:
    return timezone.now() - dt.timedelta(seconds=SILENT_SECONDS)
