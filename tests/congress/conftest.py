"""What many tests of the congress begin with."""

from pathlib import Path

import pytest
from django.test import Client

from tests.congress.handling.scenes import World, new_world


@pytest.fixture(scope="module")
def world(one_data_set: Path) -> World:
    """Return everybody around one congress, made once for all tests of a module, with whom staff sign in plainly."""
    return new_world()


@pytest.fixture(scope="module")
def clients(world: World) -> dict[str, Client]:
    """Sign everybody in, once for the module."""
    found = {role: Client() for role in world.people}
    for role, client in found.items():
        client.force_login(world.people[role])
    return found
