"""Spreadsheets spoilt in every way that a seed can say: bytes, archives, XML, numbers, encodings, references."""

import csv
import io
import random
import re
import warnings
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import xlsxwriter

from tests.home.imports.spoiling_xml import odd_workbook, odd_xml
from tests.home.imports.tables import HEADINGS, ROWS, Spoilt, table


def _plain(dice: random.Random) -> bytes:
    """Return an xlsx as one of three programs writes it."""
    rows = table(dice)
    out = io.BytesIO()
    if dice.random() < 0.5:
        book = xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_numbers": dice.random() < 0.5})
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                sheet.write(number, place, cell[:32_000])
        book.close()
    else:
        other = openpyxl.Workbook()
        for number, row in enumerate(rows, 1):
            for place, cell in enumerate(row, 1):
                text = re.sub(r"[\x00-\x08\x0b-\x1f]", "", cell)[:32_000]
                other.active.cell(number, place).value = text  # type: ignore[union-attr]
                other.active.cell(number, place).data_type = "s"  # type: ignore[union-attr]
        other.save(out)
    return out.getvalue()


def flipped(dice: random.Random) -> Spoilt:
    """Some bits of an xlsx are flipped."""
    data = bytearray(_plain(dice))
    for _time in range(dice.choice((1, 1, 2, 8, 64))):
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    return Spoilt(bytes(data), "a.xlsx")


def cut(dice: random.Random) -> Spoilt:
    """A piece is cut out, doubled or overwritten, or the end is missing."""
    data = _plain(dice)
    start = dice.randrange(len(data))
    end = min(len(data), start + dice.choice((1, 2, 16, 300, 5000)))
    parts = (data[:start], data[:start] + data[end:], data[:end] + data[start:], data[:start] + b"\0" * 9 + data[end:])
    return Spoilt(dice.choice(parts), "a.xlsx")


def misnamed(dice: random.Random) -> Spoilt:
    """What stands in the file is not what its name says."""
    word = io.BytesIO()
    with zipfile.ZipFile(word, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    xlsx = _plain(dice)
    choices = (
        (xlsx, "a.csv", ""),
        (_written(table(dice), "utf-8", ","), "a.xlsx", "utf-8"),
        (word.getvalue(), "a.xlsx", ""),
        (b"%PDF-1.7\n" + dice.randbytes(300), "a.csv", ""),
        (b"\xd0\xcf\x11\xe0" + dice.randbytes(600), "a.xlsx", ""),
        (dice.randbytes(dice.randrange(1, 3000)), dice.choice(("a.csv", "a.xlsx")), ""),
        ("<html><table><tr><td>工号</td></tr></table>".encode(), "a.xlsx", ""),
        (b"PK\x03\x04" + dice.randbytes(200), "a.xlsx", ""),
        (b"\xef\xbb\xbf" + xlsx, "a.xlsx", ""),
    )
    data, name, encoding = dice.choice(choices)
    return Spoilt(data, name, encoding)


def repacked(dice: random.Random) -> Spoilt:
    """Parts of the archive are missing, doubled, renamed, emptied or swapped, lie about their size or are too many."""
    with zipfile.ZipFile(io.BytesIO(_plain(dice))) as archive:
        parts = [(entry.filename, archive.read(entry)) for entry in archive.infolist()]
    place, other = dice.randrange(len(parts)), dice.randrange(len(parts))
    name, data = parts[place]
    match dice.randrange(8):
        case 0:
            del parts[place]
        case 1:
            parts.append((name, parts[other][1]))
        case 2:
            parts.append((name.upper(), data.replace(b"20230001", b"20230999")))
        case 3:
            parts[place] = (name, dice.choice((b"", b"\xff\xfe", data[: len(data) // 2], data + b"<x/>")))
        case 4:
            parts[place], parts[other] = (name, parts[other][1]), (parts[other][0], data)
        case 5:
            parts.append(("xl/media/image1.png", b"0" * 20_000_000))
        case 6:
            parts += [(f"xl/extra{number}.xml", b"<a/>") for number in range(6_000)]
        case _:
            parts[place] = (f"../../{name}", data)
    out = io.BytesIO()
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(out, "w") as archive:
        for one, content in parts:
            archive.writestr(zipfile.ZipInfo(one), content, dice.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED)))
    packed = bytearray(out.getvalue())
    if dice.random() < 0.3:  # the directory lies about a size or a checksum
        entry = packed.rfind(b"PK\x01\x02")
        packed[entry + dice.choice((16, 20, 24, 42))] ^= 0xFF
    return Spoilt(bytes(packed), "a.xlsx")


def _written(rows: list[list[Any]], encoding: str, delimiter: str) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding, "replace")


def odd_csv(dice: random.Random) -> Spoilt:
    """Csv in some encoding, with some delimiter and odd cells."""
    encoding, delimiter = dice.choice(("utf-8", "utf-8-sig", "gb18030", "utf-16")), dice.choice(",\t;")
    return Spoilt(_written(table(dice), encoding, delimiter), "a.csv", encoding, delimiter)


def damaged_csv(dice: random.Random) -> Spoilt:
    """Bytes of a csv are flipped, cut or doubled."""
    encoding = dice.choice(("utf-8", "gb18030", "utf-16"))
    data = bytearray(_written(table(dice), encoding, ","))
    for _time in range(dice.choice((1, 1, 3, 20))):
        spot = dice.randrange(len(data))
        match dice.randrange(4):
            case 0:
                data[spot] ^= 1 << dice.randrange(8)
            case 1:
                del data[spot : spot + dice.choice((1, 2, 10))]
            case 2:
                data[spot:spot] = data[spot : spot + 20]
            case _:
                data[spot:spot] = dice.choice((b"\0", b'"', b"\xff", b"\r", b"\n", b"\x80", b",,,,", b"\x1a"))
    return Spoilt(bytes(data) or b"x", "a.csv", encoding)


def mixed_csv(dice: random.Random) -> Spoilt:
    """The headings are in one encoding, a row in another; nobody can say what that means."""
    rows = [list(HEADINGS), *(list(row) for row in ROWS)]
    rows[2] = ["20230002", "陳測試", "女", "1990-01-05", "13900139001", "2015-03-01"]
    first, second = dice.sample(("utf-8", "gb18030", "cp950"), 2)
    lines = [_written([row], first, ",") for row in rows]
    lines[2] = _written([rows[2]], second, ",")
    return Spoilt(b"".join(lines), "a.csv", "mixed")


SPOILERS: tuple[Callable[[random.Random], Spoilt], ...] = (
    flipped,
    cut,
    misnamed,
    repacked,
    odd_xml,
    odd_xml,
    odd_xml,
    odd_workbook,
    odd_csv,
    damaged_csv,
    damaged_csv,
    mixed_csv,
)


def spoilt(seed: int) -> Spoilt:
    """Return the file of a seed."""
    dice = random.Random(seed)  # noqa: S311
    return SPOILERS[seed % len(SPOILERS)](dice)
