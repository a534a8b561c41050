import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from procrastinate.exceptions import UniqueViolation

from union_portal.base import jobs
from union_portal.base.models import JobState
from union_portal.base.tasks import retry_stalled_jobs

pytestmark = pytest.mark.django_db


def test_a_job_says_how_far_it_is_and_begins_again_when_run_twice() -> None:
    jobs.start(key="x:1", total=4, message="正在排版")
    jobs.advance(key="x:1", done=3)
    found = jobs.find("x:1")
    assert found
    assert (found.done, found.total, found.is_running) == (3, 4, True)
    jobs.start(key="x:1", total=4, message="正在排版")
    jobs.finish(key="x:1", message="已完成")
    found = jobs.find("x:1")
    assert found
    assert (found.done, found.state, found.is_running) == (4, JobState.DONE, False)


def test_a_failed_job_says_what_to_do() -> None:
    jobs.start(key="x:2", total=1, message="")
    jobs.fail(key="x:2", message="请重试")
    found = jobs.find("x:2")
    assert found
    assert (found.state, found.message) == (JobState.FAILED, "请重试")


def test_jobs_of_a_killed_worker_are_queued_again_but_not_beside_another_of_their_kind() -> None:
    retried: list[str] = []
    dropped: list[str] = []

    class Manager:
        async def get_stalled_jobs(self, **_options: object) -> list[str]:
            return ["tick", "one", "two"]

        async def retry_job(self, job: str) -> None:
            if job == "tick":
                raise UniqueViolation(constraint_name="", queueing_lock="base.tick")
            retried.append(job)

        async def finish_job(self, job: str, **_options: object) -> None:
            dropped.append(job)

    context: Any = SimpleNamespace(app=SimpleNamespace(job_manager=Manager()))
    assert asyncio.run(retry_stalled_jobs.func(context, 0)) == 2
    assert (retried, dropped) == (["one", "two"], ["tick"])
