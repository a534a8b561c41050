"""What goes into the engine and what comes out."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from union_portal.base.errors import DomainError

Stylesheet = Literal["gongwen", "form", "statement"]


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
    """A finished document: its bytes, number of pages and the fonts drawn in it."""

    pdf: bytes
    pages: int
    fonts: tuple[str, ...]
