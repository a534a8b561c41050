"""Figures quoted in what people type, `{key:part}`: put in by a button, judged when the text is saved.

Everything else stays as it was typed, 方案{A} too; only a figure's key in braces that quotes nothing is refused.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from union_portal.annual_report.reports.models import AnnualReport
from union_portal.annual_report.reports.services.composing import count_some, labels_of, numbers_of
from union_portal.base.chinese import initials
from union_portal.base.figures import OF_NO_BRANCH, Figure
from union_portal.base.figures.parts import PARTS, parts
from union_portal.base.figures.sentences import QUOTE, Piece, quoted, typed

# A figure's key in braces, as typed on any keyboard: ｛members.total：heads｝, {members.total. Other braces are text.
_LOOKS = re.compile(r"[{｛]\s*(?P<key>[A-Za-z_]+(?:\.[\w\-]+)+)\s*(?:[:：]\s*(?P<part>\w*)\s*)?[}｝]?")
_NEAR = 3
_FOUND = 20
# Parts that no sentence of one's own needs: the outline's paragraphs decide by them.
_UNSAID = frozenset({"none", "label", "unit"})
# How what was typed reads: its lines, each as pieces that lead to their figures.
Read = list[tuple[Piece, ...]]


@dataclass(frozen=True)
class Quote:
    """What looks like a quoted figure: as typed, and the key and part it seems to name."""

    typed: str
    key: str
    part: str

    @property
    def whole(self) -> bool:
        """Whether it is written as the button writes it."""
        return QUOTE.fullmatch(self.typed) is not None


@dataclass(frozen=True)
class Offer:
    """A figure that can be put in: what it is called, and each part with its name, what to put in and its value."""

    figure: Figure
    parts: tuple[tuple[str, str, str], ...]


def quotes(text: str) -> list[Quote]:
    """Return what looks like a quoted figure in a text, each once, in order."""
    found = (Quote(match[0].strip(), match["key"], match["part"] or "") for match in _LOOKS.finditer(text))
    return list(dict.fromkeys(found))


def offered(figure: Figure) -> dict[str, str]:
    """Return what of a figure can be quoted now, each with what would stand there."""
    return {part: told for part, told in parts(figure).items() if part in PARTS and part not in _UNSAID}


def offers(report: AnnualReport, asked: str) -> list[Offer]:
    """Return the figures whose name holds these words or begins with these initials; without words the first ones."""
    labels, asked = labels_of(report), asked.strip().lower()
    keys = [key for key, label in labels.items() if _answers(key, label, asked)]
    # The shortest name that holds the words is most likely meant; the outline's own come first.
    keys = sorted(keys, key=lambda key: len(labels[key]))[:_FOUND] if asked else keys[:_FOUND]
    counted = count_some(report, keys)
    found = [counted[key] for key in keys if key in counted and counted[key].basis != OF_NO_BRANCH]
    return [Offer(figure, _ways(figure)) for figure in found]


def _ways(figure: Figure) -> tuple[tuple[str, str, str], ...]:
    """Return what can be put in of a figure; all of it is told apart only where it is more than its count."""
    told = offered(figure)
    parts = [part for part in told if part != "told" or told[part] != told.get("count")]
    return tuple((PARTS[part], f"{{{figure.key}:{part}}}", told[part]) for part in parts)


def _answers(key: str, label: str, asked: str) -> bool:
    return asked in label.lower() or key == asked or (asked.isascii() and initials(label).startswith(asked))


def faults_of(report: AnnualReport, texts: Mapping[str, str]) -> dict[str, list[str]]:
    """Say by the name of the box which quotations in it name no figure, or nothing of it, and what is near them."""
    wanted = {name: found for name, text in texts.items() if (found := quotes(text))}
    if not wanted:
        return {}
    labels = labels_of(report)
    near = {quote: _keys_near(quote.key, labels) for found in wanted.values() for quote in found}
    counted = count_some(report, {key for keys in near.values() for key in keys})
    said = {name: [_fault(quote, near[quote], counted) for quote in found] for name, found in wanted.items()}
    return {name: wrong for name, found in said.items() if (wrong := [fault for fault in found if fault])}


def _keys_near(key: str, labels: Mapping[str, str]) -> list[str]:
    if key in labels:
        return [key]
    return get_close_matches(key.lower(), labels, n=_NEAR)


def _fault(quote: Quote, keys: list[str], counted: Mapping[str, Figure]) -> str:
    figure = counted.get(quote.key)
    if figure is not None and quote.whole and quote.part in offered(figure):
        return ""
    found = _near_parts(quote, keys, counted)
    near = [f"{one.label}·{PARTS[part]} {{{one.key}:{part}}}" for one, part in found]
    help_ = f"相近的有：{'、'.join(near)}" if near else "请删去，改用“插入数据”"
    if figure is None:
        return f"没有“{quote.typed}”这项数据，{help_}"
    if not quote.part:
        return f"“{quote.typed}”没有写明引用“{figure.label}”的哪一项，{help_}"
    return f"“{figure.label}”没有“{quote.typed}”这一项，{help_}"


def _near_parts(quote: Quote, keys: list[str], counted: Mapping[str, Figure]) -> Iterator[tuple[Figure, str]]:
    for figure in (counted[key] for key in keys if key in counted):
        told = offered(figure)
        wanted = [quote.part] if quote.part in told else get_close_matches(quote.part, told, n=1) or list(told)
        for part in wanted[: _NEAR if len(keys) == 1 else 1]:
            yield figure, part


def read(report: AnnualReport, texts: Mapping[str, str], *, known: Iterable[Figure]) -> dict[str, Read]:
    """Return how texts read, by the name of their box; figures that are counted already are not counted again."""
    figures = {figure.key: figure for figure in known}
    missing = {key for text in texts.values() for key in quoted(text)} - set(figures)
    numbers = numbers_of(report, figures | (count_some(report, missing) if missing else {}))
    return {
        name: [pieces for line in text.splitlines() if (pieces := typed(line.strip(), numbers))]
        for name, text in texts.items()
    }


def with_figures(said: Read) -> Read:
    """Return the lines that read otherwise than they were typed: those with a figure in them."""
    return [pieces for pieces in said if any(piece.key for piece in pieces)]


def left_open(data: Mapping[str, Any]) -> list[str]:
    """Return what still looks like a quoted figure in a report's data: it would be printed with its braces."""
    named: list[tuple[str, Any]] = [("标题", data.get("title")), ("开头", data.get("opening"))]
    named += [(str(chapter["heading"]), chapter) for chapter in data["chapters"]]
    named.append(("结尾", data.get("closing")))
    return [f"{name}：{quote.typed}" for name, part in named for text in _texts(part) for quote in quotes(text)]


def _texts(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, Mapping):
        for value in part.values():
            yield from _texts(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from _texts(value)
