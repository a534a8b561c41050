"""Jobs in the worker: their progress for the page that waits, and what became of them however they ended.

An app's `tasks.py` declares jobs with `procrastinate.contrib.django.app`; a page calls `queue(<task>, key=…)` inside
the transaction that makes the job necessary, so both happen or neither. The work goes inside `with told(…)`: whatever
ends it, the page hears of it. A job must bear being run twice: the worker does again what lost the database.
"""

import datetime as dt
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone
from procrastinate.retry import RetryStrategy

from union_portal.base.errors import DomainError
from union_portal.base.living import is_alive
from union_portal.base.models import JobProgress, JobState

logger = logging.getLogger(__name__)
WAITS = "等待后台处理"
CUT_OFF = "后台任务中断，没有完成；请重试，仍不成功请联系管理员"
LOST = (OperationalError, InterfaceError)
# What a job of the worker has that says nothing else: a restart of the database takes a minute, not five.
AGAIN = RetryStrategy(max_attempts=5, wait=15, linear_wait=30, retry_exceptions=LOST)
# A job is queued in the moment after its progress, and ends in the moment before.
_GRACE = dt.timedelta(seconds=15)


def queue(job: Any, *, key: str, **arguments: Any) -> None:
    """Queue the job and let the page that waits see it from the first moment; two of one key never run together."""
    start(key=key, total=100, message=WAITS)
    job.configure(lock=key).defer(**arguments)


def start(*, key: str, total: int, message: str) -> JobProgress:
    """Begin or begin again: nothing done of `total` steps; `message` says in words what is being done."""
    progress, _made = JobProgress.objects.update_or_create(
        key=key, defaults={"state": JobState.RUNNING, "done": 0, "total": max(total, 1), "message": message[:200]}
    )
    return progress


def advance(*, key: str, done: int, message: str = "") -> None:
    """Say how far it is; a job without a page that waits need not have been started."""
    changes: dict[str, object] = {"done": done, "updated_at": timezone.now()}
    if message:
        changes["message"] = message[:200]
    JobProgress.objects.filter(key=key).update(**changes)


def finish(*, key: str, message: str) -> None:
    """Say that it is done."""
    for progress in JobProgress.objects.filter(key=key):
        progress.state, progress.done, progress.message = JobState.DONE, progress.total, message[:200]
        progress.save()


def fail(*, key: str, message: str) -> None:
    """Say that it failed, and what to do."""
    JobProgress.objects.filter(key=key).update(state=JobState.FAILED, message=message[:200])


def drop_broken_connection() -> None:
    """Let the next query open a new connection where the failure was the connection's own."""
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()


@contextmanager
def explained(*, key: str, failed: str, tell: Callable[[str], object]) -> Iterator[None]:
    """Do the work of a job inside; `tell` hears why it did not end well.

    A refusal is told in its words; any other failure in those of `failed`, logged under the key and raised. Of a
    database that was lost nobody hears: the job is done again, and a page knows by itself when it was given up.
    """
    try:
        yield
    except LOST:
        drop_broken_connection()
        logger.exception("the job of %s lost the database", key)
        raise
    except DomainError as refused:
        drop_broken_connection()
        tell(str(refused))
    except Exception:
        drop_broken_connection()
        logger.exception("the job of %s failed", key)
        tell(failed)
        raise


@contextmanager
def told(
    *, key: str, failed: str, done: str = "已完成", after: Callable[[str], object] | None = None
) -> Iterator[None]:
    """Do the work of a job inside: whoever waits hears that it is done, or why not, as `explained` has it.

    `after` hears the words first and leads back what the job was to finish.
    """

    def tell(words: str) -> None:
        if after:
            after(words)
        fail(key=key, message=words)

    with explained(key=key, failed=failed, tell=tell):
        yield
        finish(key=key, message=done)


def find(key: str) -> JobProgress | None:
    """Return the job's progress, if it was ever started; as failed when no job is left that could end it."""
    progress = JobProgress.objects.filter(key=key).first()
    if progress and progress.is_running and progress.updated_at < timezone.now() - _GRACE and not is_alive(key):
        progress.state, progress.message = JobState.FAILED, CUT_OFF
    return progress
