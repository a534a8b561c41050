"""The glossary names every kind of record as the code and the screens do: one word in Chinese, one in English."""

import re

from django.apps import apps

from tests.architecture.test_layers import ROOT
from tests.architecture.test_rooms import PLACE, room_of
from union_portal.base.models import StateMove

PAGE = ROOT / "docs" / "glossary.md"
ROW = re.compile(r"^\| (?P<chinese>[^|`]+) \| `(?P<name>\w+)` \| `(?P<room>[\w.]+)` \|", re.MULTILINE)


def spoken_of() -> set[tuple[str, str, str]]:
    """Return word, class and room of every model people speak of; logs of moves are named after theirs."""
    return {
        (str(model._meta.verbose_name), model.__name__, room_of(model.__module__))
        for model in apps.get_models()
        if room_of(model.__module__) in PLACE
        and not issubclass(model, StateMove)
        and not hasattr(model, "pgh_tracked_model")
    }


def test_the_glossary_says_what_the_models_say() -> None:
    written = {(row["chinese"].strip(), row["name"], row["room"]) for row in ROW.finditer(PAGE.read_text())}
    assert written == spoken_of()


def test_one_word_means_one_kind_of_record() -> None:
    words = [word for word, _name, _room in spoken_of()]
    assert sorted(words) == sorted(set(words))
