"""Words that a column does not know, and what they may mean: asked once for the whole file, not row by row."""

from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher

from union_portal.base.importing.preview import UnknownWords
from union_portal.base.importing.rows import Row
from union_portal.base.spreadsheets.columns import Column
from union_portal.base.spreadsheets.parsers import Parser

# A longer list is no list to choose from, and so many words are no words any more.
MOST_OPTIONS = 1_000
MOST_WORDS = 60
# From here on two words look like spellings of one: 机关一分工会 and 机关第一分工会, not 文学院分工会 and 医学院分工会.
NEAR = 0.84


def unknown_words(
    rows: Iterable[Row],
    columns: Mapping[str, Column],
    parsers: Mapping[str, Parser],
    likely: Mapping[str, Mapping[str, str]],
    brings: Mapping[str, str],
) -> list[UnknownWords]:
    """Return the words that may be explained, in the file's order, each with the rows in which it stands.

    `brings` names the columns whose missing rows the file may bring along: there a word needs no option.
    """
    found: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        for key, words in row.unknown.items():
            for word in words:
                found.setdefault((key, word), []).append(row.name)
    if len(found) > MOST_WORDS:
        return []
    told = []
    for (key, word), names in found.items():
        parser = parsers.get(key, columns[key].parser)
        options = parser.options
        if (options or key in brings) and len(options) <= MOST_OPTIONS:
            closest = by_likeness(word, options, likely.get(key, {}).get(word, ""))
            label, model = columns[key].label, getattr(parser, "model", None)
            told.append(
                UnknownWords(
                    column=key,
                    label=label,
                    word=word,
                    rows=tuple(names),
                    options=tuple(closest),
                    model=model._meta.label_lower if model else "",  # noqa: SLF001
                    brings=brings.get(key, ""),
                    near=closest[0] if closest and likeness(word, closest[0]) >= NEAR else "",
                )
            )
    return told


def likeness(word: str, option: str) -> float:
    """Return how much a word has of an option, 0 to 1: all of it, or as many characters in the same order."""
    return max(SequenceMatcher(None, word, option).ratio(), 0.8 if option in word or word in option else 0.0)


def by_likeness(word: str, options: Sequence[str], likely: str = "") -> list[str]:
    """Return the options, likeliest first: what is known to be meant, what stands within, what has most in common."""

    def distance(option: str) -> tuple[bool, float]:
        return option != likely, -likeness(word, option)

    return sorted(options, key=distance)
