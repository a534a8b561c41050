"""Jobs in the worker: their progress for the page that waits, and the ones a killed worker left behind.

An app's `tasks.py` declares jobs with `procrastinate.contrib.django.app`; a page calls `<task>.defer(...)` inside the
transaction that makes the job necessary, so both happen or neither. A job must bear being run twice.
"""

from django.utils import timezone

from union_portal.base.models import JobProgress, JobState


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


def find(key: str) -> JobProgress | None:
    """Return the job's progress, if it was ever started."""
    return JobProgress.objects.filter(key=key).first()
