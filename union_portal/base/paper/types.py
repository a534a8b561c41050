"""What goes into the engine and what comes out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from union_portal.base.errors import DomainError

Stylesheet = Literal["gongwen", "form", "statement", "application"]
# What a browser is told that an editable copy is.
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class PaperError(DomainError):
    """A document cannot be made as it should be; the message says what is missing."""


@dataclass(frozen=True)
class Attachment:
    """A file carried inside the PDF; the name must be ASCII (older viewers read nothing else)."""

    name: str
    content: bytes
    description: str
    modified: datetime
    relationship: Literal["Source", "Data", "Alternative", "Supplement", "Unspecified"] = "Data"


@dataclass(frozen=True)
class PaperResult:
    """A finished document: its bytes, number of pages, the fonts drawn in it, how often each Chinese character is."""

    pdf: bytes
    pages: int
    fonts: tuple[str, ...]
    characters: Mapping[str, int]
