"""A column of a spreadsheet, as data: its headings, its parser and how sensitive it is."""

from dataclasses import dataclass, field
from enum import StrEnum

from union_portal.base.spreadsheets.parsers import Parser, Text

# The sheet of a template that lists what its columns take; no rows are read from it.
WORDS_SHEET = "可填的内容"


class Classification(StrEnum):
    """Classes of personal data, from the least to the most sensitive; same values as the access log's."""

    BASIC = "basic"
    CONTACT = "contact"
    IDENTITY = "identity"
    HEALTH = "health"


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column. `label` is its heading in the file.

    `required`: the column must be there and every cell filled. `attribute` is the model field (empty: the key;
    None: kept in another table by the resource's own hooks). An empty cell leaves what the register holds unless
    `blank_clears`; the word 清空 always clears.
    """

    key: str
    label: str
    parser: Parser = field(default_factory=Text)
    synonyms: tuple[str, ...] = ()
    required: bool = False
    attribute: str | None = ""
    blank_clears: bool = False
    example: str = ""
    help: str = ""
    classification: Classification = Classification.BASIC

    @property
    def field_name(self) -> str | None:
        """The model field this column fills, or None."""
        return self.key if self.attribute == "" else self.attribute

    @property
    def sensitive(self) -> bool:
        """Whether previews show the value masked."""
        return self.classification is Classification.IDENTITY


def mask(text: str) -> str:
    """Hide all but the last four characters (of short texts: all but the last)."""
    shown = 4 if len(text) > 8 else 1
    return "*" * max(len(text) - shown, 0) + text[-shown:]
