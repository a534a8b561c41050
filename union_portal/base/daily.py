"""Jobs of every day, by the clock on the portal's wall.

The worker's own timetable knows only UTC and forgets what it missed: so it ticks every minute, and the tick asks here
which job is due in the portal's time zone and was not queued yet.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone
from procrastinate.exceptions import AlreadyEnqueued

from union_portal.base.models import DailyRun

T = TypeVar("T")
_DAY = dt.timedelta(days=1)
_jobs: dict[str, tuple[dt.time, Any]] = {}


def daily(at: str) -> Callable[[T], T]:
    """Have the job queued every day at this time, in the portal's time zone; its argument is the moment it was due."""

    def listed(job: T) -> T:
        _jobs[job.name] = dt.time.fromisoformat(at), job  # type: ignore[attr-defined]
        return job

    return listed


def queue_due() -> list[str]:
    """Queue what became due since it was last queued, and return its names.

    What several days missed is made up once. A job that is new to this database begins with its next time.
    """
    now = timezone.localtime()
    return [name for name, (at, job) in _jobs.items() if _queue(name, at, job, now)]


@transaction.atomic
def _queue(name: str, at: dt.time, job: Any, now: dt.datetime) -> bool:
    day = now.date() if now.time() >= at else now.date() - _DAY
    run, new = DailyRun.objects.select_for_update().get_or_create(name=name, defaults={"last_on": day})
    if new or run.last_on >= day:
        return False
    run.last_on = day
    run.save(update_fields=["last_on"])
    due = timezone.make_aware(dt.datetime.combine(day, at))
    try:
        with transaction.atomic():
            job.defer(timestamp=int(due.timestamp()))
    except AlreadyEnqueued:
        # The last one still waits and will do the work of both.
        return False
    return True
