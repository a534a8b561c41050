"""What a spreadsheet can be refused for."""

from collections.abc import Sequence

from union_portal.base.errors import DomainError


class SpreadsheetError(DomainError):
    """The file as a whole cannot be read; the message says what to do."""


class Unreadable(SpreadsheetError):
    """The file is damaged, or so odd that no meaning of it would be safe."""

    def __init__(self, message: str = "这个文件读不出来，请用 Excel 或 WPS 另存为 .xlsx 后再上传。") -> None:
        super().__init__(message)


class CellError(ValueError):
    """One cell cannot be read; the message is the reason shown beside it."""


class UnknownWord(CellError):
    """Words of the cell are none of a list, though they may mean some of them; `words` are those that stood there."""

    def __init__(self, reason: str, *, words: Sequence[str]) -> None:
        super().__init__(reason)
        self.words = tuple(words)
