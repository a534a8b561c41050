"""The worker: two lanes in one process, one for mail alone, and back again when the database was away."""

import asyncio
import logging
import signal
from collections.abc import Callable
from typing import Any

import psycopg
from django.db import close_old_connections
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException

from union_portal.base.jobs import AGAIN
from union_portal.base.mailing import QUEUE

logger = logging.getLogger(__name__)
# Seconds before it begins again: longer each time, short again after a while that went well.
FIRST_WAIT, LONGEST_WAIT = 1.0, 30.0


async def work(stop: asyncio.Event) -> None:
    """Work until told to stop; a failure of the queue itself, as when the database restarts, begins it anew."""
    wait = FIRST_WAIT
    while not stop.is_set():
        began = asyncio.get_running_loop().time()
        try:
            await _lanes(stop)
        except (ConnectorException, psycopg.Error, OSError):
            logger.exception("the worker lost the database; it begins again")
        if asyncio.get_running_loop().time() - began > LONGEST_WAIT:
            wait = FIRST_WAIT
        try:
            await asyncio.wait_for(stop.wait(), wait)
        except TimeoutError:
            wait = min(wait * 2, LONGEST_WAIT)


def with_sound_connection(call_next: Callable[[], Any], _context: Any, _worker: Any) -> Any:
    """Do a job as a page is served: a connection that broke is left behind, before and after.

    The threads that work outlive a restart of the database, and each keeps its connection.
    """
    close_old_connections()
    try:
        return call_next()
    finally:
        close_old_connections()


async def _lanes(stop: asyncio.Event) -> None:
    app.perform_import_paths()
    by_the_minute = {periodic.task for periodic in app.periodic_registry.periodic_tasks.values()}
    for job in set(app.tasks.values()) - by_the_minute:
        job.retry_strategy = job.retry_strategy or AGAIN
    others = {task.queue for task in app.tasks.values()} - {QUEUE}
    with app.replace_connector(app.connector.get_worker_connector()):  # type: ignore[attr-defined]
        async with app.open_async():
            lanes = [
                asyncio.create_task(
                    app.run_worker_async(
                        queues=queues,
                        delete_jobs="successful",
                        install_signal_handlers=False,
                        task_middleware=[with_sound_connection],
                    )
                )
                for queues in (sorted(others), [QUEUE])
            ]
            stopped = asyncio.create_task(stop.wait())
            await asyncio.wait([*lanes, stopped], return_when=asyncio.FIRST_COMPLETED)
            for task in (stopped, *lanes):
                task.cancel()
            ended = await asyncio.gather(*lanes, return_exceptions=True)
    for error in ended:
        if isinstance(error, Exception):
            raise error


async def work_until_told() -> None:
    """Work until the process is asked to end; what was begun is finished first."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    await work(stop)
