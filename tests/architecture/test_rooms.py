"""Rooms as docs/architecture.md draws them: each loaded, none too large, and their layers in one order across rooms."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Model

from tests.architecture.test_layers import ROOT, tracked
from union_portal.base.rooms import rooms_of

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
INSIDE = next(one for one in CONTRACTS if one["name"] == "Inside every room")
# How high a layer stands; those on one line do not matter to each other across rooms.
HEIGHT = {
    name: len(INSIDE["layers"]) - floor
    for floor, names in enumerate(INSIDE["layers"])
    for name in re.findall(r"\w+", names)
}
# How high a room stands in its app.
PLACE = {
    f"{one['containers'][0]}.{name}": len(one["layers"]) - floor
    for one in CONTRACTS
    if one["name"].startswith("The rooms of")
    for floor, names in enumerate(one["layers"])
    for name in re.findall(r"\w+", names)
}
APPS = sorted({room.rpartition(".")[0] for room in PLACE})
LOADED = ("models", "admin", "tasks", "rules", "receivers", "resources", "portal")
LARGEST_ROOM = 2_500


def room_of(module: str) -> str:
    """Return the room a module lies in, or nothing."""
    return next((room for room in PLACE if module == room or module.startswith(f"{room}.")), "")


def layer_of(module: str) -> str:
    """Return the layer a module of a room belongs to."""
    return module.removeprefix(f"{room_of(module)}.").partition(".")[0]


def modules() -> Iterator[tuple[str, Path]]:
    """Yield every module that lies in a room."""
    for path in tracked("*.py"):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        if room_of(name) and name != room_of(name):
            yield name, path


def imports(path: Path) -> Iterator[str]:
    """Yield the modules of rooms that a file imports."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and room_of(node.module or ""):
            module = str(node.module)
            yield from (f"{module}.{alias.name}" if module == room_of(module) else module for alias in node.names)


def test_every_room_of_every_app_has_its_place() -> None:
    assert sorted(PLACE) == sorted(room for app in APPS for room in rooms_of(app))


def test_the_rooms_on_paper_are_the_rooms_in_code() -> None:
    drawn = re.search(r"```rooms\n(.*?)\n```", (ROOT / "docs" / "architecture.md").read_text(), re.DOTALL)
    assert drawn
    wanted = []
    for one in CONTRACTS:
        if one["name"].startswith("The rooms of"):
            wanted += [one["containers"][0], *("    " + " | ".join(re.findall(r"\w+", line)) for line in one["layers"])]
    assert drawn[1].splitlines() == wanted


def test_what_registers_itself_is_loaded_in_every_room() -> None:
    missing = [name for name, _path in modules() if layer_of(name) in LOADED and name not in sys.modules]
    assert not missing


def test_layers_keep_their_order_across_rooms() -> None:
    wrong = [
        f"{name} → {found}"
        for name, path in modules()
        for found in imports(path)
        if room_of(found) != room_of(name) and HEIGHT.get(layer_of(found), 0) > HEIGHT.get(layer_of(name), 0)
    ]
    assert not wrong


def followed(model: type[Model]) -> str:
    """Return the module a model counts as: a history row stands where the model it follows stands."""
    return str((getattr(model, "pgh_tracked_model", None) or model).__module__)


def test_foreign_keys_lead_down_the_rooms() -> None:
    wrong = []
    for model in apps.get_models(include_auto_created=True):
        mine = room_of(followed(model))
        for field in model._meta.get_fields():
            if not mine or not field.concrete or not field.related_model or isinstance(field.related_model, str):
                continue
            theirs = room_of(followed(field.related_model))
            same_app = mine.rpartition(".")[0] == theirs.rpartition(".")[0]
            if theirs and theirs != mine and same_app and PLACE[theirs] >= PLACE[mine]:
                wrong.append(f"{model._meta.label}.{field.name} → {field.related_model._meta.label}")
    assert not wrong


@pytest.mark.parametrize("room", sorted(PLACE))
def test_no_room_outgrows_its_walls(room: str) -> None:
    lines = sum(len(path.read_text().splitlines()) for name, path in modules() if room_of(name) == room)
    assert lines <= LARGEST_ROOM
