"""Housekeeping of the worker."""

from typing import Any

from procrastinate.contrib.django import app

# A worker reports every ten seconds; three missed reports mean that it was killed.
SILENT_SECONDS = 40


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="base.retry_stalled_jobs", pass_context=True, name="base.retry_stalled_jobs")
async def retry_stalled_jobs(context: Any, timestamp: int) -> int:  # noqa: ARG001
    """Queue the jobs of killed workers again; return how many."""
    manager = context.app.job_manager
    stalled = await manager.get_stalled_jobs(seconds_since_heartbeat=SILENT_SECONDS)
    count = 0
    for job in stalled:
        await manager.retry_job(job)
        count += 1
    return count
