"""What a spreadsheet can be refused for."""

from union_portal.base.errors import DomainError


class SpreadsheetError(DomainError):
    """The file as a whole cannot be read; the message says what to do."""


class CellError(ValueError):
    """One cell cannot be read; the message is the reason shown beside it."""
