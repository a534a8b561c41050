"""An app is a house of rooms: a room is a package of the app, and its files are named by layer."""

from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from types import ModuleType
from typing import Any, ClassVar

# Packages at an app's top that are no rooms: what Django and its libraries look for there.
APP_TOP = frozenset({"management", "migrations", "templatetags"})


class House:
    """An app made of rooms: what they list, receive, count and put on the desk is known once Django is ready.

    Stands before `AppConfig`; no AppConfig itself, for Django takes an app's configuration only where there is one.
    """

    name: str
    label: str
    # What adds totals of years before the portal to the figures, as a dotted path; the app of the totals knows it.
    totals: ClassVar[str] = ""
    # Whether the database notes what an import does to the app's rows, so that it can be taken back.
    notes_changes: ClassVar[bool] = True

    def ready(self) -> None:
        """Load what registers itself, and the kinds of figure that the rooms' reports declare."""
        from django.utils.module_loading import import_string  # noqa: PLC0415 - nothing of an app is loaded earlier

        from union_portal.base.figures import register_source  # noqa: PLC0415
        from union_portal.base.figures.source import kinds_of_rooms, mismatches_of_rooms, source  # noqa: PLC0415

        for layer in ("resources", "receivers", "portal"):
            load_rooms(self.name, layer)
        kinds = kinds_of_rooms(self.name)
        if kinds:
            totals: Callable[[Any, Any], Any] | None = import_string(self.totals) if self.totals else None
            amiss = mismatches_of_rooms(self.name)
            register_source(source(self.label, kinds, totals=totals, mismatches=amiss))


def notes_changes(model: Any) -> bool:
    """Tell whether what an import does to the model's rows is noted: all but logs of history and what stays outside."""
    meta = model._meta  # noqa: SLF001
    ours = bool(getattr(meta.app_config, "notes_changes", False)) and not hasattr(model, "pgh_tracked_model")
    return ours and meta.managed and not meta.proxy and getattr(model, "notes_changes", True)


def rooms_of(app: str) -> list[str]:
    """Return the dotted names of an app's rooms."""
    package = import_module(app)
    found = (one.name for one in iter_modules(package.__path__) if one.ispkg)
    return [f"{app}.{name}" for name in found if name not in APP_TOP]


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
