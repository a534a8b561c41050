"""Codes that programs and files know a row by; staff see names, so the portal makes the code of a new row."""

import re
from collections.abc import Iterable
from typing import Any

from django.db.models import Model

from union_portal.base.chinese import initials

_ROOM = 4  # for a hyphen and a number


def free_code(made: Model, field: str, name: str) -> str:
    """Return the initials of the name, numbered from 2 where another row has them: 春节慰问品 → cjwwp, cjwwp-2."""
    rows = type(made)._default_manager  # noqa: SLF001
    room = int(getattr(made._meta.get_field(field), "max_length", 0)) - _ROOM  # noqa: SLF001
    stem = re.sub(r"[^a-z0-9]", "", initials(name).lower())[:room] or "x"
    taken = set(rows.filter(**{f"{field}__startswith": stem}).values_list(field, flat=True))
    return next(code for code in _numbered(stem) if code not in taken)


def _numbered(stem: str) -> Iterable[str]:
    yield stem
    number = 2
    while True:
        yield f"{stem}-{number}"
        number += 1


def without(code_field: str, fields: Iterable[Any]) -> list[Any]:
    """Return a form's fields, lines of several included, without this one."""
    kept = (tuple(name for name in line if name != code_field) if isinstance(line, tuple) else line for line in fields)
    return [line for line in kept if line and line != code_field]
