"""The registry of what can be imported; apps register their Resources in `ready()`."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from django.db.models import Model

from union_portal.base.errors import DomainError
from union_portal.base.spreadsheets.columns import Column

if TYPE_CHECKING:
    from union_portal.base.importing.resource import ImportResource

R = TypeVar("R", bound="type[ImportResource]")


@dataclass(frozen=True, kw_only=True)
class ImportKind:
    """One kind of record: `key` on the command line, `label` for people, the permission that importing needs."""

    key: str
    label: str
    columns: tuple[Column, ...]
    permission: str
    order: int = 100
    help: str = ""


_REGISTERED: dict[str, type["ImportResource"]] = {}


def register_kind(resource_class: R) -> R:
    """Register a Resource under its kind's key; usable as a decorator, twice for the same class is harmless."""
    key = resource_class.kind.key
    present = _REGISTERED.get(key)
    if present is not None and present is not resource_class:
        raise ValueError(f"two kinds are called {key}: {present.__name__} and {resource_class.__name__}")
    _REGISTERED[key] = resource_class
    return resource_class


def unregister_kind(key: str) -> None:
    """Forget a kind; tests use it."""
    _REGISTERED.pop(key, None)


def kinds() -> list[type["ImportResource"]]:
    """Return the registered Resources in their order: a kind comes after those its rows refer to."""
    return sorted(_REGISTERED.values(), key=lambda resource: (resource.kind.order, resource.kind.key))


def kind(key: str) -> type["ImportResource"]:
    """Return the Resource registered under the key; raise `UnknownKind`."""
    try:
        return _REGISTERED[key]
    except KeyError:
        known = ", ".join(resource.kind.key for resource in kinds())
        raise UnknownKind(
            f"没有名为“{key}”的记录种类；现有：{known}。",
        ) from None


def kind_for(model: type[Model]) -> ImportKind | None:
    """Return the kind whose rows are rows of the model: it says so, or its permission does; None without one."""
    meta = model._meta  # noqa: SLF001
    permission = f"{meta.app_label}.import_{meta.model_name}"
    found = [resource for resource in kinds() if getattr(resource._meta, "model", None) is model]  # noqa: SLF001
    found = found or [resource for resource in kinds() if resource.kind.permission == permission]
    return found[0].kind if len(found) == 1 else None


class UnknownKind(DomainError):
    """No such kind is registered."""
