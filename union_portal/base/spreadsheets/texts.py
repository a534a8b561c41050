"""Reads csv as offices save it: finds encoding and delimiter by looking, takes off what Excel wraps around cells."""

import csv
import io
import re
from statistics import median_high

from union_portal.base.spreadsheets.errors import SpreadsheetError
from union_portal.base.spreadsheets.raw import Limits, Raw

_DELIMITERS = (",", "\t", ";", "，", "|")
# How csv exports defuse formulae; taken off again when such a file comes back.
_DEFUSED = re.compile(r"^'(?=[=+\-@＝＋－＠\t\r])")
# How other programs keep Excel from taking a text for a number.
_FORMULA_TEXT = re.compile(r'^="((?:[^"]|"")*)"$')
# In csv nothing tells the number 1985.1, which October is saved as too, from a text that means January.
_YEAR_AND_TENTH = re.compile(r"(?:19|20)\d\d\.1")
# Characters of one row whose bytes mean another text in Big5: symbols and letters where a name should be.
_NOT_CHINESE = re.compile("[\u0370-\u04ff\u2460-\u24ff\u2500-\u257f\u3040-\u30ff\u3100-\u312f\ue000-\ue765]")
_HAN = re.compile("[\u4e00-\u9fff]")


def read_csv(data: bytes, limits: Limits) -> list[list[Raw]]:
    """Return the rows of a csv file; raise `SpreadsheetError` when it is none."""
    text = _decoded(data)
    if "\0" in text:
        raise SpreadsheetError("这不是电子表格，请上传 .xlsx 或 .csv 文件。")
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=False)
    rows: list[list[Raw]] = []
    cells = 0
    try:
        for line in lines:
            rows.append([_cell(cell) for cell in line])
            cells += len(line)
            if len(rows) > limits.rows or len(line) > limits.columns or cells > limits.cells:
                raise SpreadsheetError(
                    f"文件超过 {limits.rows:,} 行、{limits.columns} 列或 {limits.cells // 10_000} 万格，"
                    "请删去不需要的部分或拆分后上传。",
                )
    except csv.Error as error:
        raise SpreadsheetError(
            f"csv 文件在第 {lines.line_num} 行附近无法读取，请另存为 .xlsx。",
        ) from error
    return rows


def _cell(text: str) -> Raw:
    if not text:
        return text
    if text[0] == "=" and (match := _FORMULA_TEXT.match(text)):
        return match[1].replace('""', '"')
    if text[0] == "'":
        return _DEFUSED.sub("", text)
    if len(text) == 6 and _YEAR_AND_TENTH.fullmatch(text):
        return float(text)
    return text


def _decoded(data: bytes) -> str:
    encodings = ["utf-16"] if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "gb18030":
            _refuse_other_encodings(data)
        return text
    raise SpreadsheetError("文件既不是 UTF-8 也不是 GBK 编码的文本，请另存为 .xlsx。")


def _refuse_other_encodings(data: bytes) -> None:
    """Refuse a file of which single rows are in another encoding than GBK, whose bytes nearly any text makes."""
    for number, line in enumerate(data.split(b"\n"), 1):
        if not line.isascii() and (_is_utf8(line) or _is_big5(line)):
            raise SpreadsheetError(
                f"第 {number} 行附近的文字与其他行的编码不同（例如 UTF-8 或 Big5 混在 GBK 中），"
                "读出来会是错字，请用 Excel 或 WPS 另存为 .xlsx 后再上传。"
            )


def _is_utf8(line: bytes) -> bool:
    try:
        return len(_HAN.findall(line.decode("utf-8"))) >= 2
    except UnicodeDecodeError:
        return False


def _is_big5(line: bytes) -> bool:
    """Tell whether all of the row are Chinese characters in common use as Big5, but not as GBK."""
    text = line.decode("gb18030", "replace")
    if not _NOT_CHINESE.search(text) and not _is_rare(text):
        return False
    try:
        other = line.decode("cp950")
    except UnicodeDecodeError:
        return False
    return all(_is_common_big5(character) for character in other if character >= "\x80")


def _is_rare(text: str) -> bool:
    """Tell whether GB 2312, which holds what nearly all names are made of, lacks one of the characters."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False


def _is_common_big5(character: str) -> bool:
    code = character.encode("cp950", "ignore")
    return len(code) == 2 and 0xA440 <= int.from_bytes(code) <= 0xC67E


def _delimiter(text: str) -> str:
    """Pick the delimiter that cuts the first lines into the most cells; the median forgives titles and stray marks."""
    head = text[:20_000].splitlines(keepends=True)[:15]

    def cells(delimiter: str) -> int:
        try:
            widths = [len(line) for line in csv.reader(head, delimiter=delimiter) if line]
        except csv.Error:
            return 0
        return median_high(widths) if widths else 0

    return max(_DELIMITERS, key=cells)
