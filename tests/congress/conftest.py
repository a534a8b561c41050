"""What many tests of the congress begin with."""

from pathlib import Path

import pytest

from tests.congress.handling.scenes import World, new_world


@pytest.fixture(scope="module")
def world(one_data_set: Path) -> World:
    """Return everybody around one congress, made once for all tests of a module, with whom staff sign in plainly."""
    return new_world()
