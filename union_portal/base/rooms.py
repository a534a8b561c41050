"""How an app finds its rooms: a room is a package of the app, and its files are named by layer."""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from types import ModuleType

# Packages at an app's top that are no rooms: what Django and its libraries look for there.
APP_TOP = frozenset({"management", "migrations", "templatetags"})


def rooms_of(app: str) -> list[str]:
    """Return the dotted names of an app's rooms."""
    package = import_module(app)
    return [
        f"{app}.{found.name}" for found in iter_modules(package.__path__) if found.ispkg and found.name not in APP_TOP
    ]


def load_rooms(app: str, layer: str) -> list[ModuleType]:
    """Import this layer of every room of the app that has it, so that what registers itself there is known.

    Django and its libraries look for `models`, `admin`, `tasks` and `rules` at an app's top alone: the file of that
    name calls this and nothing else, and a new room is known without a line.
    """
    return [module for room in rooms_of(app) if find_spec(f"{room}.{layer}") for module in _all_of(f"{room}.{layer}")]


def _all_of(name: str) -> Iterator[ModuleType]:
    """Import a module, or a package with all its modules."""
    module = import_module(name)
    yield module
    for found in iter_modules(getattr(module, "__path__", ())):
        yield import_module(f"{name}.{found.name}")
