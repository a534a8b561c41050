"""Names that stand in databases, frozen reports and ciphertexts: what a school has stored must go on being read.

`stored_names.json` is the list. A new name is added to it; one that stands there is never changed or dropped without a
migration of what was stored.
"""

import ast
import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from django.apps import apps
from pghistory.models import Event
from procrastinate.contrib.django import app as jobs

from congress.surveys.services import sealed_sheets
from tests.architecture.test_layers import ROOT, tracked
from union_portal.accounts import adapter
from union_portal.base import figures
from union_portal.base.fields import EncryptedTextField
from union_portal.base.importing.kinds import kinds
from union_portal.base.papers import PaperField
from union_portal.base.states import MACHINES

STORED: dict[str, list[str]] = json.loads((ROOT / "tests" / "architecture" / "stored_names.json").read_text())


def own_models() -> list[Any]:
    return [model for model in apps.get_models(include_auto_created=True) if _ours(model)]


def _ours(model: Any) -> bool:
    return model.__module__.split(".")[0] in {"members", "welfare", "congress", "activities", "union_portal"}


def states_and_actions() -> Iterator[str]:
    for name, machine in MACHINES.items():
        yield from (f"{name}: {source} → {target}" for source, target in machine.pairs())
        yield from (f"{name}: {move.action}" for move in machine.moves)


def ciphertexts() -> Iterator[str]:
    for model in own_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, EncryptedTextField):
                yield field.context
    yield from (sealed_sheets.CONTEXT, adapter.COLUMN)


def labels_of_the_access_log() -> Iterator[str]:
    """Yield the kinds that code writes down literally, and those of the records with papers."""
    for model in own_models():
        if any(isinstance(field, PaperField) for field in model._meta.fields) and not issubclass(model, Event):
            yield model._meta.label_lower
    for path in tracked("*.py"):
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"log_access", "give_made"}:
                yield from (
                    str(word.value.value)
                    for word in node.keywords
                    if word.arg == "kind" and isinstance(word.value, ast.Constant)
                )


@cache
def found() -> dict[str, list[str]]:
    """Return the names as the code has them."""
    names = {
        "states and actions": states_and_actions(),
        "figure keys": figures.kinds(),
        "kinds of lists": (str(one.kind.key) for one in kinds()),
        "jobs": (name for name in jobs.tasks if not name.startswith(("builtin:", "procrastinate."))),
        "labels of the access log": labels_of_the_access_log(),
        "contexts of ciphertexts": ciphertexts(),
        "tables": (model._meta.db_table for model in own_models()),
    }
    # The tests' own samples (tests/sample) are stored nowhere.
    return {what: sorted({one for one in values if not one.startswith("sample")}) for what, values in names.items()}


@pytest.mark.django_db
@pytest.mark.parametrize("what", list(STORED))
def test_what_was_stored_is_still_known(what: str) -> None:
    now = found()[what]
    assert not set(STORED[what]) - set(now), "names that databases hold are gone"
    assert not set(now) - set(STORED[what]), "add the new names to stored_names.json"


@pytest.mark.django_db
def test_the_list_names_every_kind_of_name() -> None:
    assert list(STORED) == list(found())
