"""Spreadsheets spoilt in every way that a seed can say: bytes, archives, XML, numbers, encodings, references."""

import csv
import io
import random
import re
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import openpyxl
import xlsxwriter

from tests.base.spreadsheets import handmade

HEADINGS = ("工号", "姓名", "性别", "出生日期", "手机", "入会时间")
ROWS = (
    ("20230001", "王伟", "男", "1985-06-01", "13800138000", "2010-09-01"),
    ("20230002", "欧阳娜娜", "女", "1990/1/5", "13900139001", "2015-03-01"),
    ("00030003", "阿迪力·买买提", "男", "19780212", "", "2001-07-01"),
    ("20230004", "陈　静", "女", "1983年10月1日", "057188012345", "2008-09-01"),
)
ODD = (
    "NaN", "INF", "-INF", "1e999", "-1e300", "1E+16", "1.2345678901234567E+16", "-0", "0.1", "1985.1", "TRUE",
    "FALSE", "12:30:00", "合计", "合　计", "—", "None", "null", "#N/A", "#REF!", "########", "=1+1",
    '="20230009"', "'=1", "清空", "\u202e20230001", "2023\x07001", "\ufffd", "👍", "\ue863", "䶮", "𠅤",
    "a" * 40_000, "  ", "\t", "\r\n", '"', ",", ";", "2023-02-30", "0000-00-00", "99999999", "9999-12-31",
    "44931", "44931.5", "2958466", "-1", "1900-02-29", "１９８５．６",
)  # fmt: skip
NUMBERS = (
    "NaN", "INF", "-INF", "inf", "1e999", "-1e300", "1E400", "", " 1 ", "1_000", "0x10", "1,5", "٣", "--1",
    "1e", "1e-400", "9" * 400, "2958466", "-1", "60", "0.99999999", "1985.1", "12345678901234567890",
    "1.7976931348623157E308",
)  # fmt: skip
PLACES = (
    "XFD1048576", "KM199999", "A1048576", "ZZZ1", "A0", "A01", "a2", "2A", "", "$A$2", "A99999999999999999999", "工2",
    "R1C1", "B2", "AAAA1", "A-1",
)  # fmt: skip


@dataclass(frozen=True)
class Spoilt:
    """A file, its name, and of csv the encoding and the delimiter it was written in (none: nobody can say)."""

    data: bytes
    name: str
    encoding: str = ""
    delimiter: str = ","


def _table(dice: random.Random) -> list[list[Any]]:
    """Return the headings and some rows, odd values in a few of the cells."""
    rows = [list(HEADINGS), *(list(row) for row in ROWS[: dice.randint(1, len(ROWS))])]
    for _time in range(dice.choice((0, 0, 1, 1, 2, 5))):
        rows[dice.randrange(1, len(rows))][dice.randrange(len(HEADINGS))] = dice.choice(ODD)
    if dice.random() < 0.2:
        rows.insert(0, ["某某大学教职工信息表"])
    if dice.random() < 0.2:
        rows.append(["合　计", f"{len(rows)}人"])
    return rows


def _plain(dice: random.Random) -> bytes:
    """Return an xlsx as one of three programs writes it."""
    rows = _table(dice)
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
        (_written(_table(dice), "utf-8", ","), "a.xlsx", "utf-8"),
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


def _rows_of_xml(dice: random.Random, texts: list[str]) -> list[str]:
    lines = []
    for number, row in enumerate(_table(dice), 1):
        made = []
        for place, words in enumerate(row):
            where = f"{chr(65 + place)}{number}"
            clean = re.sub(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]", "", words)[:2_000]
            if dice.random() < 0.5:
                made.append(handmade.text(where, clean) if clean else "")
            elif clean:
                texts.append(clean)
                made.append(f'<c r="{where}" t="s"><v>{len(texts) - 1}</v></c>')
        lines.append(f'<row r="{number}">{"".join(made)}</row>')
    return lines


def _odd_cell(dice: random.Random, number: int) -> str:
    where = f"{dice.choice('ABCDEF')}{number}"
    odd = dice.choice(NUMBERS)
    return dice.choice(
        (
            f'<c r="{where}"><v>{odd}</v></c>',
            f'<c r="{where}" s="1"><v>{odd}</v></c>',
            f'<c r="{where}" t="s"><v>{odd}</v></c>',
            f'<c r="{where}" t="{dice.choice(("e", "b", "d", "n", "x", "", "S"))}"><v>{odd}</v></c>',
            f'<c r="{where}"><f>DATE(1985,10,1)</f></c>',
            f'<c r="{where}" t="str"><f>A1</f><v>{odd}</v></c>',
            f'<c r="{where}" t="e"><v>#N/A</v></c>',
            f'<c r="{where}"><v>1</v><v>2</v></c>',
            f"<c><v>{odd}</v></c>",
            f'<c r="{where}" t="inlineStr"><is><r><t>王</t></r><r><t>伟</t></r></is></c>',
            f'<c r="{where}" t="inlineStr"><is><t>_x0041_</t></is></c>',
            f'<c r="{where}" t="str"><v><![CDATA[<c r="A9"><v>1</v></c>]]></v></c>',
            f'<c r="{where}" t="str"><v>&lt;b&gt;&#20013;</v></c>',
            f'<c r="{where}" s="9999"><v>{odd}</v></c>',
            f'<!-- <c r="{where}"><v>1</v></c> -->',
        )
    )


def odd_xml(dice: random.Random) -> Spoilt:
    """The sheet's XML says odd things, or is none."""
    texts: list[str] = []
    lines = _rows_of_xml(dice, texts)
    place = dice.randrange(1, len(lines))
    number = place + 1
    match dice.randrange(6):
        case 0 | 1:
            lines[place] = f'<row r="{number}">{_odd_cell(dice, number)}</row>'
        case 2:
            cells = re.findall(r"<c .*?</c>", lines[place])
            kept = [cell for cell in cells if dice.random() < 0.8]
            dice.shuffle(kept if dice.random() < 0.3 else cells)
            lines[place] = f'<row r="{number}">{"".join([*kept, _odd_cell(dice, number)])}</row>'
        case 3:
            lines.append(
                f'<row r="{dice.choice((1, number, 10**6, 1048576, 10**12, "x"))}">{_odd_cell(dice, number)}</row>'
            )
        case 4:
            lines[place] = lines[place].replace(f'r="A{number}"', f'r="{dice.choice(PLACES)}"')
        case _:
            lines.append(f'<row r="{len(lines) + 1}"><c r="{dice.choice(PLACES)}" t="str"><v>x</v></c></row>')
    merges = (
        "", "A1:XFD1048576", "A2:A4", "A1:B2", "B4:B2", "A2:A3", "C2:C1048576", "x", "C2:C3",
    )  # fmt: skip
    chosen = dice.choice(merges)
    after = f'<mergeCells><mergeCell ref="{chosen}"/></mergeCells>' if chosen else ""
    xml = handmade.sheet(*lines, after=after)
    if dice.random() < 0.3:
        spot = dice.randrange(len(xml))
        xml = dice.choice(
            (
                xml[:spot] + xml[spot + 1 :],
                xml[:spot],
                xml[:spot] + dice.choice("<>&\"'/\x00é") + xml[spot:],
                xml.replace("<c ", "<x:c ").replace("</c>", "</x:c>"),
                '<!DOCTYPE a [<!ENTITY b "c">]>' + xml,
                '<?xml version="1.0" encoding="UTF-16"?>' + xml,
                xml.replace("row", "Row"),
            )
        )
    if dice.random() < 0.1 and texts:
        texts.pop()
    return Spoilt(handmade.workbook(xml, texts=tuple(texts)).getvalue(), "a.xlsx")


def odd_workbook(dice: random.Random) -> Spoilt:
    """Sheets are hidden, share a name or a part, lead nowhere or outside."""
    texts: list[str] = []
    sheets = [handmade.sheet(*_rows_of_xml(dice, texts)) for _time in range(2)]
    file = handmade.workbook(*sheets, names=("在职", dice.choice(("在职", "离退休", ""))), texts=tuple(texts))
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    book, links = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
    match dice.randrange(6):
        case 0:
            parts[book] = parts[book].replace('sheetId="1"', f'sheetId="1" state="{dice.choice(("hidden", "x"))}"')
        case 1:
            parts[book] = parts[book].replace("rId1", dice.choice(("rId2", "rId9", "", "rIdS")))
        case 2:
            parts[links] = parts[links].replace(
                "worksheets/sheet1.xml", dice.choice(("../x.xml", "/xl/styles.xml", ""))
            )
        case 3:
            parts[links] = parts[links].replace("worksheets/sheet1.xml", "/xl/worksheets/sheet1.xml")
        case 4:
            parts["xl/styles.xml"] = parts["xl/styles.xml"].replace('numFmtId="14"', 'numFmtId="99999999999"')
        case _:
            parts["xl/sharedStrings.xml"] = dice.choice(("", "<sst/>", "<sst><si><t>王", parts["xl/sharedStrings.xml"]))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return Spoilt(out.getvalue(), "a.xlsx")


def _written(rows: list[list[Any]], encoding: str, delimiter: str) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding, "replace")


def odd_csv(dice: random.Random) -> Spoilt:
    """Csv in some encoding, with some delimiter and odd cells."""
    encoding, delimiter = dice.choice(("utf-8", "utf-8-sig", "gb18030", "utf-16")), dice.choice(",\t;")
    return Spoilt(_written(_table(dice), encoding, delimiter), "a.csv", encoding, delimiter)


def damaged_csv(dice: random.Random) -> Spoilt:
    """Bytes of a csv are flipped, cut or doubled."""
    encoding = dice.choice(("utf-8", "gb18030", "utf-16"))
    data = bytearray(_written(_table(dice), encoding, ","))
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
