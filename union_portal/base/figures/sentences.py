"""Sentences around figures: what an outline's paragraph says once its numbers are known.

`{key:part}` quotes a part of a figure, `{year}`, `{period}` and `{union}` are words of the report. A part in 〔〕 falls
away when one of its own figures is zero or unknown; `〔one｜another〕` says the first that does not. Brackets around no
figure are those of a document's number and stay. A sentence falls away when a figure outside all brackets is unknown or
when none of its figures has anything to tell; a paragraph whose figures all fall away says nothing.

This is the syntax of outlines alone. In what people type around the paragraphs only `{key:part}` means anything.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from union_portal.base.chinese.numerals import numeral
from union_portal.base.figures.parts import PARTS

# An amount takes its unit along, which depends on its size: a unit written behind it is not said twice.
QUOTE = re.compile(r"\{([a-z_][\w.-]*):([a-z_]+)\}(?:(?<=_wan\})万元|(?<=amount\})元)?")
WORDS = ("year", "period", "union")
_WORD = re.compile(r"\{(" + "|".join(WORDS) + r")\}")
_TOKEN = re.compile(rf"{QUOTE.pattern}|〔|〕|｜|。|{_WORD.pattern}")
_BRACED = re.compile(r"\{[^{}\n]*\}")
_ZERO = re.compile(r"[约近]?0(?:\.0+)?(?:%|元|万元|人|人次|件|次|个|份|条|项|部|余|整)*")
# Parts that name a figure and count nothing.
_NAMES = frozenset({"label", "unit"})
_LEFT_OVER = (
    (re.compile(r"[，；、：]+(?=[。；）])"), ""),
    (re.compile(r"（[，；、]+"), "（"),
    (re.compile(r"（）"), ""),
    (re.compile(r"[，、]+；"), "；"),
    (re.compile(r"：[，；、]+"), "："),
    (re.compile(r"([，；、])[，；、]+"), r"\1"),
)
_LEADING = re.compile(r"^[，；、]+")
_NUMBERED = re.compile(r"([一二三四五六七八九十]+)是")

# Returns a part of a figure in words; None where it is unknown, "" where it is told by saying nothing.
Lookup = Callable[[str, str], str | None]


@dataclass(frozen=True)
class Piece:
    """A run of text; `key` names the figure it comes from and `quote` how the text quotes it."""

    text: str
    key: str = ""
    quote: str = ""


@dataclass
class Count:
    """Numbers anew what begins with 一是, 二是, … where one of them fell away."""

    last: int = 0

    def on(self, pieces: list[Piece]) -> list[Piece]:
        """Return what is said next with the number that follows the last one."""
        first = next(iter(pieces), Piece("", quote="-"))
        if first.quote or not (match := _NUMBERED.match(first.text)):
            return pieces
        self.last = 1 if match[1] == "一" else self.last + 1
        return [Piece(f"{numeral(self.last)}是{first.text[match.end() :]}"), *pieces[1:]]


@dataclass
class _Group:
    """What stands in one pair of brackets, or one sentence: alternatives, each of text, quotes and further groups."""

    ways: "list[list[Piece | _Group]]" = field(default_factory=lambda: [[]])

    @property
    def quotes(self) -> list[Piece]:
        return [
            piece
            for way in self.ways
            for one in way
            for piece in (one.quotes if isinstance(one, _Group) else [one])
            if piece.quote
        ]


def said(text: str, lookup: Lookup, words: Mapping[str, str], count: "Count | None" = None) -> tuple[Piece, ...]:
    """Return what a paragraph says as pieces, so that each number leads to its figure; nothing if it says nothing.

    `count` goes on through the paragraphs of a section.
    """
    found: list[list[Piece]] = []
    quoted = standing = False
    for sentence in _sentences(text, words):
        own = [one for one in sentence.quotes if _part(one) not in _NAMES]
        quoted = quoted or bool(own)
        if own and not any(_tells(lookup(one.key, _part(one))) for one in own):
            continue
        pieces = _spoken(sentence, lookup, strict=False)
        if pieces is None:
            continue
        standing = standing or any(piece.quote for piece in pieces)
        found.append(_tidied(pieces))
    if quoted and not standing:
        return ()
    return tuple(piece for pieces in found for piece in (count.on(pieces) if count else pieces))


def joined(pieces: tuple[Piece, ...]) -> str:
    """Return the pieces as the text that is read."""
    return "".join(piece.text for piece in pieces)


def begun(text: str, lookup: Lookup, words: Mapping[str, str]) -> str:
    """Return a starting text for people to go on from: what has nothing to tell is gone, figures are quoted, live."""
    count = Count()
    lines = ("".join(one.quote or one.text for one in said(line, lookup, words, count)) for line in text.splitlines())
    return "\n".join(line for line in lines if line.strip())


def typed(text: str, lookup: Lookup) -> tuple[Piece, ...]:
    """Return what somebody typed with its figures put in; all else, and what nobody counts, stays as typed."""
    found, at = [], 0
    for match in QUOTE.finditer(text):
        value = lookup(match[1], match[2])
        if value is not None:
            found += [Piece(text[at : match.start()]), Piece(value, match[1], match[0])]
            at = match.end()
    return tuple(piece for piece in (*found, Piece(text[at:])) if piece.text)


def worded(text: str, words: Mapping[str, str]) -> str:
    """Return a text of the outline with the report's own words put in."""
    return _WORD.sub(lambda match: words[match[1]], text)


def quoted(text: str) -> set[str]:
    """Return the keys of the figures that a text quotes."""
    return {match[1] for match in QUOTE.finditer(text)}


def faults(text: str, is_known: Callable[[str], bool]) -> list[str]:
    """Return in Chinese what is wrong with a paragraph: brackets that do not meet, figures that nobody counts."""
    found = []
    depth = 0
    for match in re.finditer("[〔〕]", text):
        depth += 1 if match[0] == "〔" else -1
        if depth < 0:
            break
    if depth:
        found.append("〔与〕没有成对。")
    for match in _BRACED.finditer(text):
        quote = QUOTE.match(match[0])
        if quote is None:
            if not _WORD.fullmatch(match[0]):
                found.append(f"{match[0]} 不是完整的数据引用，请写成 {{数据项:数值}}。")
        elif not is_known(quote[1]):
            found.append(f"{match[0]}：没有“{quote[1]}”这一数据项。")
        elif quote[2] not in PARTS:
            found.append(f"{match[0]}：没有“{quote[2]}”这一数值，可用 {'、'.join(PARTS)}。")
    return found


def _sentences(text: str, words: Mapping[str, str]) -> Iterator[_Group]:
    """Yield the sentences, each with the stop that ends it."""
    open_groups, at = [_Group()], 0
    for match in _TOKEN.finditer(text):
        here, mark = open_groups[-1], match[0]
        here.ways[-1].append(Piece(text[at : match.start()]))
        at = match.end()
        if mark == "〔":
            open_groups.append(_Group())
        elif mark == "〕" and len(open_groups) > 1:
            group = open_groups.pop()
            open_groups[-1].ways[-1].append(group)
        elif mark == "｜" and len(open_groups) > 1:
            here.ways.append([])
        elif match[1]:
            here.ways[-1].append(Piece("", match[1], mark))
        else:
            here.ways[-1].append(Piece(words.get(mark.strip("{}"), mark)))
            if mark == "。" and len(open_groups) == 1:
                yield here
                open_groups = [_Group()]
    open_groups[-1].ways[-1].append(Piece(text[at:]))
    while len(open_groups) > 1:  # an outline that was never checked: what is left open is text
        left = open_groups.pop()
        open_groups[-1].ways[-1] += [Piece("〔"), *left.ways[0]]
    yield open_groups[0]


def _spoken(group: _Group, lookup: Lookup, *, strict: bool) -> list[Piece] | None:
    """Return what a group says, None when it falls away; `strict` where a zero is reason enough."""
    if strict and not group.quotes:
        words = "｜".join("".join(_written(one) for one in way) for way in group.ways)
        return [Piece(f"〔{words}〕")]
    for way in group.ways:
        pieces = _way(way, lookup, strict=strict)
        if pieces is not None:
            return pieces
    return None


def _way(way: "list[Piece | _Group]", lookup: Lookup, *, strict: bool) -> list[Piece] | None:
    found: list[Piece] = []
    inner = told = False
    for one in way:
        if isinstance(one, _Group):
            inner = inner or bool(one.quotes)
            pieces = _spoken(one, lookup, strict=True)
            told = told or any(piece.quote for piece in pieces or ())
            found += pieces or []
        elif not one.quote:
            found.append(one)
        else:
            value = lookup(one.key, _part(one))
            if value is None or (strict and not _tells(value)):
                return None
            told = True
            found.append(Piece(value, one.key, one.quote))
    return found if told or not inner else None


def _written(one: "Piece | _Group") -> str:
    if isinstance(one, _Group):
        return f"〔{'｜'.join(''.join(_written(each) for each in way) for way in one.ways)}〕"
    return one.quote or one.text


def _part(quote: Piece) -> str:
    match = QUOTE.match(quote.quote)
    return match[2] if match else ""


def _tells(value: str | None) -> bool:
    return value is not None and not _ZERO.fullmatch(value)


def _tidied(pieces: list[Piece]) -> list[Piece]:
    """Return a sentence without the commas that parts left behind as they fell away; figures' words stay untouched."""
    merged: list[Piece] = []
    for piece in pieces:
        if merged and not piece.quote and not merged[-1].quote:
            merged[-1] = Piece(merged[-1].text + piece.text)
        else:
            merged.append(piece)
    for place, piece in enumerate(merged):
        if not piece.quote:
            text = piece.text
            for pattern, instead in _LEFT_OVER:
                text = pattern.sub(instead, text)
            merged[place] = Piece(_LEADING.sub("", text) if not place else text)
    return [piece for piece in merged if piece.text or piece.quote]
