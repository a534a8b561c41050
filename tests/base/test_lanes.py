"""The worker comes back by itself when the database was away, and ends when it is told to."""

import asyncio

import psycopg
import pytest
from procrastinate.exceptions import ConnectorException

from union_portal.base import lanes


def test_a_worker_that_lost_the_database_begins_again(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[int] = []

    async def lost_twice(stop: asyncio.Event) -> None:
        begun.append(len(begun))
        if len(begun) < 3:
            raise (ConnectorException, psycopg.OperationalError)[len(begun) - 1]
        stop.set()

    monkeypatch.setattr(lanes, "_lanes", lost_twice)
    monkeypatch.setattr(lanes, "FIRST_WAIT", 0.01)
    asyncio.run(asyncio.wait_for(lanes.work(asyncio.Event()), 5))
    assert begun == [0, 1, 2]
