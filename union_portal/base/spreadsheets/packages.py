"""An xlsx as an archive: its parts, what they really unpack to, and what the workbook calls its sheets."""

import io
import posixpath
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

from union_portal.base.spreadsheets.errors import SpreadsheetError, Unreadable
from union_portal.base.spreadsheets.raw import Limits
from union_portal.base.spreadsheets.scanning import Scan, SheetScanner, new_parser

WORKBOOK = "xl/workbook.xml"
_KINDS = "[Content_Types].xml"
_LINKS = "xl/_rels/workbook.xml.rels"
_TEXTS = "xl/sharedStrings.xml"
_PIECE = 256 * 1024
_MOST_PARTS = 5_000


class Package:
    """The parts of an xlsx, read within what all of them together may unpack to."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        self._limits = limits
        self._left = limits.unpacked
        entries = self._archive.infolist()
        # A part that is there twice means one thing to one program and another to the next.
        self._parts = {entry.filename.casefold(): entry for entry in entries}
        if len(self._parts) != len(entries) or len(entries) > _MOST_PARTS:
            raise Unreadable
        if not {WORKBOOK, _KINDS} <= set(self._archive.namelist()):
            raise SpreadsheetError("这不是电子表格，请上传 .xlsx 或 .csv 文件。")

    def scan(self) -> dict[str, Scan]:
        """Look through every part; return what was seen of each sheet that is not hidden, by its name."""
        sheets = self._sheets()
        texts = self._count_texts()
        found = {}
        for name, part in sheets:
            scanner = SheetScanner(name, texts=texts, limits=self._limits)
            for piece in self._pieces(part):
                scanner.feed(piece)
            found[name] = scanner.finish()
        seen = {_LINKS.casefold(), _TEXTS.casefold(), WORKBOOK, *(part.casefold() for _name, part in sheets)}
        for part in self._parts.keys() - seen:
            if part.endswith((".xml", ".rels")):
                self._walk(part, None)  # another program would stumble over it
            else:
                for _piece in self._pieces(part):
                    pass
        return found

    def _sheets(self) -> list[tuple[str, str]]:
        """Return name and part of the sheets that are shown; refuse a workbook that calls two the same."""
        links: dict[str, str] = {}
        told: list[tuple[str, str, bool]] = []

        def link(name: str, attributes: dict[str, str]) -> None:
            if name.endswith(" Relationship"):
                links[attributes.get("Id", "")] = attributes.get("Target", "")

        def sheet(name: str, attributes: dict[str, str]) -> None:
            if name.endswith(" sheet"):
                keys = [key for key in attributes if key.endswith(" id")]
                hidden = attributes.get("state", "visible") != "visible"
                told.append((attributes.get("name", ""), attributes[keys[0]] if keys else "", hidden))

        self._walk(_LINKS, link)
        self._walk(WORKBOOK, sheet)
        names = {name for name, _key, _hidden in told}
        if len(names) != len(told):
            raise Unreadable
        return [(name, _part(links.get(key, ""))) for name, key, hidden in told if not hidden]

    def _count_texts(self) -> int:
        count = 0

        def text(name: str, _attributes: dict[str, str]) -> None:
            nonlocal count
            count += name.endswith(" si")

        if _TEXTS.casefold() in self._parts:
            self._walk(_TEXTS, text)
        return count

    def _walk(self, part: str, start: Callable[[str, dict[str, str]], None] | None) -> None:
        parser = new_parser()
        parser.StartElementHandler = start
        for piece in self._pieces(part):
            parser.Parse(piece, False)
        parser.Parse(b"", True)

    def _pieces(self, part: str) -> Iterator[bytes]:
        """Yield what the part really unpacks to; the size it declares may lie."""
        entry: Any = self._parts.get(part.casefold())
        if entry is None:
            raise Unreadable
        entry.file_size = 1 << 62  # read to the stream's own end, not to the declared one
        with self._archive.open(entry) as stream:
            while piece := stream.read(_PIECE):
                self._left -= len(piece)
                if self._left < 0:
                    raise SpreadsheetError("文件解压后过大，没有打开。")
                yield piece


def _part(target: str) -> str:
    """Return the part a link of the workbook leads to."""
    target = target.replace("\\", "/")
    if target.startswith(("/xl/", "xl/")):
        return target.removeprefix("/")
    return posixpath.normpath(posixpath.join("xl", target))
