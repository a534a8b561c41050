"""Room by room: every numbered fact comes out of `annual_report --json` from rows, and stands in a sentence."""

import pkgutil
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from tests.seeds import rooms
from tests.seeds.facts import faults

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_factor")]
ROOMS = [import_module(f"{rooms.__name__}.{one.name}") for one in pkgutil.iter_modules(rooms.__path__)]


@pytest.mark.parametrize("room", ROOMS, ids=[one.__name__.rpartition(".")[2] for one in ROOMS])
def test_the_facts_of_a_room_come_from_rows_and_stand_in_a_sentence(room: ModuleType, tmp_path: Path) -> None:
    room.enter()
    assert faults(room.FACTS, tmp_path) == []
