"""Set-based reads leave the planner's settings as they found them."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from union_portal.base.sql import set_based

pytestmark = pytest.mark.django_db


def nested_loops() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW enable_nestloop")
        return str(cursor.fetchall()[0][0])


def broken() -> None:
    with set_based(), connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")


def refused() -> None:
    with set_based():
        raise ValueError


@pytest.mark.parametrize("before", ["on", "off"])
def test_nested_loops_are_afterwards_what_they_were_before(before: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL enable_nestloop = {before}")
        with set_based():
            assert nested_loops() == "off"
            with set_based():
                assert nested_loops() == "off"
            assert nested_loops() == "off"
        assert nested_loops() == before


@pytest.mark.parametrize(("fail", "error"), [(broken, DatabaseError), (refused, ValueError)])
def test_a_block_that_fails_leaves_the_setting_and_the_transaction_usable(
    fail: Callable[[], None], error: type[Exception]
) -> None:
    with transaction.atomic():
        with pytest.raises(error):
            fail()
        assert nested_loops() == "on"
