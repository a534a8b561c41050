"""Parsers of single cells: text, names, codes, long numbers, amounts, yes and no, enumerations."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Choices

from union_portal.base.chinese.names import normalise_name
from union_portal.base.errors import DomainError
from union_portal.base.spreadsheets.errors import CellError, UnknownWord
from union_portal.base.spreadsheets.raw import Raw
from union_portal.base.spreadsheets.text import NOTHING, clean_code, clean_text, plain_number, unseen

_SCIENTIFIC = re.compile(r"^\d(\.\d+)?E\+?\d+$", re.IGNORECASE)
# As a spreadsheet writes a long number; 2E10 may be a room.
_ROUNDED = re.compile(r"^\d(\.\d+)?E\+\d+$", re.IGNORECASE)
_LOST = "以数字格式保存：Excel 只保留 15 位，后面的数字已丢失。请把该列设为文本格式后重新填写号码"
# Words that stand below a list, and never in it.
TOTALS = frozenset({"合计", "总计", "小计", "共计"})


class Parser:
    """Turns a cell into a value or raises `CellError`; empty cells never reach `parse`."""

    nothing: frozenset[str] = NOTHING
    options: tuple[str, ...] = ()
    as_text = False
    # Whether line breaks are part of what a cell says.
    has_lines = False

    def parse(self, raw: Raw) -> Any:
        """Return the value of a filled cell."""
        raise NotImplementedError

    def show(self, value: Any) -> str:
        """Return the value as the portal writes it in previews and exports."""
        return "" if value is None else str(value)


class Text(Parser):
    """Free text on one line, at most `longest` characters."""

    def __init__(self, *, longest: int = 0, nothing: Iterable[str] = ()) -> None:
        self.longest = longest
        self.nothing = frozenset(nothing)

    def parse(self, raw: Raw) -> str:
        """Return the cleaned text; numbers and dates become what the sheet shows."""
        text = clean_text(raw) if isinstance(raw, str) else _shown(raw)
        if hidden := unseen(text):
            if "\ufffd" in hidden:
                raise CellError("有读不出来的字（�），请重新填写")
            text = text.translate(dict.fromkeys(map(ord, hidden)))
        if self.longest and len(text) > self.longest:
            raise CellError(f"超过 {self.longest} 个字符")
        return text


class Passage(Text):
    """Free text of several lines, each cleaned as a line is."""

    has_lines = True

    def parse(self, raw: Raw) -> str:
        """Return the lines that are there; an empty one between two stays."""
        if not isinstance(raw, str):
            return super().parse(raw)
        lines = [super(Passage, self).parse(line) for line in raw.splitlines()]
        return "\n".join(lines).strip("\n")


class Name(Text):
    """A person's name: 张　三 is 张三, and the dot of a transcribed name is always ·."""

    def __init__(self, *, longest: int = 64) -> None:
        super().__init__(longest=longest, nothing=NOTHING)

    def parse(self, raw: Raw) -> str:
        """Return the name without padding; refuse digits and whatever else is no name."""
        _refuse_nonwords(raw, "姓名")
        name = normalise_name(super().parse(raw))
        if any(character.isdigit() for character in name):
            raise CellError("姓名中不能有数字")
        if not any(character.isalpha() for character in name):
            raise CellError("姓名中没有文字")
        return name


class Code(Parser):
    """A number that is a name, such as a staff number: text, leading zeros kept."""

    as_text = True
    rounded = _ROUNDED

    def __init__(self, *, longest: int = 0, check: Callable[[str], object] | None = None) -> None:
        self.longest = longest
        self.check = check

    def parse(self, raw: Raw) -> str:
        """Return the code without spaces; a number stored as 20230001.0 is 20230001."""
        # Plain digits, as tens of thousands of cells hold them, have nothing to be cleaned of.
        code = raw if isinstance(raw, str) and raw.isascii() and raw.isdigit() else self._cleaned(raw)
        if self.longest and len(code) > self.longest:
            raise CellError(f"超过 {self.longest} 个字符")
        if self.check is not None:
            _checked(self.check, code)
        return code

    def _cleaned(self, raw: Raw) -> str:
        _refuse_nonwords(raw, "编号")
        code = clean_code(raw if isinstance(raw, str) else _shown(raw))
        if (isinstance(raw, int | float) and abs(raw) >= 10**15) or self.rounded.match(code):
            raise CellError(_LOST)
        return code


def _refuse_nonwords(raw: Raw, what: str) -> None:
    """Refuse what a spreadsheet has made of a name or number, and what stands below lists of them."""
    if isinstance(raw, bool) or (isinstance(raw, str) and raw.strip() in {"TRUE", "FALSE"}):
        raise CellError(f"这里是 TRUE 或 FALSE，不是{what}，请重新填写")
    if isinstance(raw, dt.date | dt.time | dt.timedelta):
        raise CellError(f"这里是日期或时间，不是{what}，请把单元格设为文本格式后重新填写")
    if isinstance(raw, str):
        if hidden := unseen(clean_text(raw)):
            named = "、".join(f"U+{ord(character):04X}" for character in dict.fromkeys(hidden))
            raise CellError(f"含有看不见的字符（{named}），请删去后重新填写")
        if clean_code(raw).strip(":") in TOTALS:
            raise CellError(f"“{clean_code(raw)}”不是{what}")


class LongNumber(Code):
    """An identity or card number, in upper case: more digits than a spreadsheet's number can hold."""

    rounded = _SCIENTIFIC

    def _cleaned(self, raw: Raw) -> str:
        return super()._cleaned(raw).upper()


class Integer(Parser):
    """A whole number between two bounds, both allowed."""

    def __init__(self, *, least: int | None = None, most: int | None = None) -> None:
        self.least = least
        self.most = most

    def parse(self, raw: Raw) -> int:
        """Return the number; 12.0 is 12, 12.5 is refused."""
        amount = _decimal(raw)
        if amount != int(amount):
            raise CellError("不是整数")
        _bounded(amount, self.least, self.most)
        return int(amount)


class Amount(Parser):
    """Yuan, at most two decimals: 1,000.00, ￥1000 and 1000元 are read."""

    def __init__(self, *, least: int | None = None, most: int | None = None) -> None:
        self.least = least
        self.most = most

    def parse(self, raw: Raw) -> Decimal:
        """Return the amount in yuan with two decimals; refuse fractions of a fen."""
        amount = _decimal(raw)
        rounded = amount.quantize(Decimal("0.01"))
        if abs(amount - rounded) > Decimal("0.000001"):
            raise CellError("小数超过两位")
        _bounded(rounded, self.least, self.most)
        return rounded

    def show(self, value: Any) -> str:
        """Return the amount with two decimals."""
        return "" if value is None else f"{value:.2f}"


class Boolean(Parser):
    """Yes or no in the words offices use."""

    yes = frozenset(("是", "有", "对", "√", "✓", "✔", "y", "yes", "true", "t", "1", "已", "在", "参加", "真"))
    no = frozenset(
        ("否", "无", "没有", "不", "×", "x", "✗", "n", "no", "false", "f", "0", "未", "不参加", "假", "不是")
    )
    options = ("是", "否")
    nothing = NOTHING - {"无"}

    def parse(self, raw: Raw) -> bool:
        """Return True or False."""
        word = clean_code(raw if isinstance(raw, str) else _shown(raw)).casefold()
        if word in self.yes:
            return True
        if word in self.no:
            return False
        raise CellError("请填“是”或“否”")

    def show(self, value: Any) -> str:
        """Return 是 or 否."""
        return "" if value is None else ("是" if value else "否")


def spoken(words: Mapping[Any, str]) -> dict[str, Any]:
    """Return further words of a choice, written by value with spaces between, as `Choice` takes them."""
    return {word: value for value, said in words.items() for word in said.split()}


def some_of(*members: Choices) -> dict[Any, str]:
    """Return some of an enumeration as `Choice` takes them, in the words of the screen."""
    return {member: str(member.label) for member in members}


class Choice(Parser):
    """One of a list, by its Chinese label, its value or a synonym.

    `choices` is a Django enumeration or a mapping of value to label; `synonyms` maps further words to values.
    """

    def __init__(
        self, choices: type[Choices] | Mapping[Any, str], *, synonyms: Mapping[str, Any] | None = None
    ) -> None:
        self.choices = choices
        self.synonyms = synonyms or {}
        self._words: dict[str, Any] | None = None
        self._labels: dict[Any, str] = {}

    def parse(self, raw: Raw) -> Any:
        """Return the value the word stands for; the refusal lists what may stand there."""
        word = clean_code(raw if isinstance(raw, str) else _shown(raw))
        words = self.words()
        if word.casefold() in words:
            return words[word.casefold()]
        shown = "、".join(self.options[:12]) + ("…" if len(self.options) > 12 else "")
        raise UnknownWord(f"不在可填的值之内：{shown}", words=[word])

    def words(self) -> dict[str, Any]:
        """Return every accepted word with its value."""
        if self._words is None:
            pairs = self.choices.items() if isinstance(self.choices, Mapping) else self.choices.choices
            self._labels = {value: str(label) for value, label in pairs if value is not None and str(value) != ""}
            self.options = tuple(self._labels.values())
            words = {str(value): value for value in self._labels} | dict(self.synonyms)
            words |= {label: value for value, label in self._labels.items()}
            self._words = {clean_code(word).casefold(): value for word, value in words.items()}
            self.nothing = frozenset(word for word in NOTHING if clean_code(word).casefold() not in self._words)
        return self._words

    def show(self, value: Any) -> str:
        """Return the Chinese label."""
        self.words()
        return "" if value is None else self._labels.get(value, str(value))


def _shown(raw: Raw) -> str:
    """Return what the sheet shows for a cell that is no text."""
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if isinstance(raw, int | float):
        return plain_number(raw)
    if isinstance(raw, dt.datetime) and not raw.time():
        return raw.date().isoformat()
    return "" if raw is None else str(raw)


def _checked(check: Callable[[str], object], code: str) -> None:
    try:
        check(code)
    except ValidationError as error:
        raise CellError("；".join(error.messages)) from error
    except DomainError as error:
        raise CellError(str(error)) from error


def _decimal(raw: Raw) -> Decimal:
    text = clean_code(raw if isinstance(raw, str) else _shown(raw))
    text = text.replace(",", "").replace("，", "").lstrip("¥￥").removesuffix("元")
    try:
        amount = Decimal(text)
    except InvalidOperation as error:
        raise CellError("不是数字") from error
    if not amount.is_finite() or abs(amount) >= 10**12:
        raise CellError("不是数字")
    return amount


def _bounded(amount: Decimal, least: int | None, most: int | None) -> None:
    if least is not None and amount < least:
        raise CellError(f"小于 {least}")
    if most is not None and amount > most:
        raise CellError(f"大于 {most}")
