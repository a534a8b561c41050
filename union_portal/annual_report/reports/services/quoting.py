"""Figures quoted in a report's texts, `{key:part}`: what is left of them when the report is to be frozen."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

# A name in braces, as typed on any keyboard: ｛members.total：heads｝, {members.total, {heads}.
_LOOKS = re.compile(r"[{｛]\s*(?P<key>[A-Za-z_][\w.\-]*)\s*(?:[:：]\s*(?P<part>\w*)\s*)?[}｝]?")


def left_open(data: Mapping[str, Any]) -> list[str]:
    """Return what still looks like a quoted figure in a report's data: it would be printed with its braces."""
    named: list[tuple[str, Any]] = [("标题", data.get("title")), ("开头", data.get("opening"))]
    named += [(str(chapter["heading"]), chapter) for chapter in data["chapters"]]
    named.append(("结尾", data.get("closing")))
    found = [
        f"{name}：{match[0].strip()}"
        for name, part in named
        for text in _texts(part)
        for match in _LOOKS.finditer(text)
    ]
    return list(dict.fromkeys(found))


def _texts(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, Mapping):
        for value in part.values():
            yield from _texts(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from _texts(value)
