"""What a text that people give may hold: characters that can be read, printed and written to a file."""

import re
from collections.abc import Callable
from typing import Any

from django.db import models

# Control characters, and code points that are no characters: XML refuses them, no font draws them, nobody sees them.
# Tabs and line ends stay.
_NEVER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def readable(text: str) -> str:
    """Return the text without control characters; tabs and line ends stay."""
    return text if text.isprintable() else _NEVER.sub("", text)


def keep_texts_readable() -> None:
    """Drop control characters from whatever goes into a text column, by whichever way: forms, services, lists, bulk.

    Django has no other place that all ways of saving pass.
    """
    for kind in (models.CharField, models.TextField):
        kind.get_prep_value = _readable(kind.get_prep_value)  # type: ignore[method-assign]


def _readable(prepare: Callable[..., Any]) -> Callable[..., Any]:
    def get_prep_value(field: Any, value: Any) -> Any:
        prepared = prepare(field, value)
        return readable(prepared) if isinstance(prepared, str) else prepared

    return get_prep_value
