"""Housekeeping of the worker."""

from typing import Any

from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

from union_portal.base import mailing  # noqa: F401  # declares the job that sends mail
from union_portal.base.daily import daily, queue_due
from union_portal.base.living import SILENT_SECONDS
from union_portal.base.sending import sweep_sent


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="base.retry_stalled_jobs", pass_context=True, name="base.retry_stalled_jobs")
async def retry_stalled_jobs(context: Any, timestamp: int) -> int:  # noqa: ARG001
    """Queue the jobs of killed workers again; return how many."""
    manager = context.app.job_manager
    stalled = await manager.get_stalled_jobs(seconds_since_heartbeat=SILENT_SECONDS)
    count = 0
    for job in stalled:
        try:
            await manager.retry_job(job)
        except UniqueViolation:
            # Another of its kind waits and does the work of both; left here it would hold up all that come after it.
            await manager.finish_job(job, status=Status.ABORTED, delete_job=True)
        else:
            count += 1
    return count


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="base.tick", pass_context=False, name="base.tick")
def tick(timestamp: int) -> list[str]:
    """Queue the daily jobs that are due by the portal's own clock."""
    del timestamp
    return queue_due()


@daily(at="03:41")
@app.task(queueing_lock="base.sweep_sent_forms", pass_context=False, name="base.sweep_sent_forms")
def sweep_sent_forms(timestamp: int) -> int:
    """Forget forms sent so long ago that nobody sends them again; return how many."""
    del timestamp
    return sweep_sent()
