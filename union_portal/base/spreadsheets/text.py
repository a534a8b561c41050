"""Cleaning the text of a cell: spaces of every kind, full-width letters and digits, invisible characters."""

import re

_INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, 0xAD, *range(9), 0xB, 0xC, 0x7F])
_SPACES = dict.fromkeys([0xA0, 0x2002, 0x2003, 0x2007, 0x2009, 0x202F, 0x3000, 0x9, 0xA, 0xD], " ")
_ALL_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_WIDE_WORDS = {code: half for code, half in _ALL_WIDE.items() if chr(half).isalnum()}
_TEXT = _INVISIBLE | _SPACES | _WIDE_WORDS
_CODE = _INVISIBLE | _SPACES | _ALL_WIDE
_RUNS = re.compile(r" {2,}")
# Nothing to clean in these, which are most cells by far.
_CLEAN = re.compile(r"[!-~\u3400-\u9fff]*").fullmatch
# What people type into a cell that has nothing to say.
NOTHING = frozenset({"", "/", "\\", "-", "--", "—", "——", "无", "N/A", "n/a", "null", "NULL", "None", "#N/A"})


def clean_text(text: str) -> str:
    """Return the text with plain single spaces and half-width letters and digits; Chinese punctuation stays."""
    if _CLEAN(text):
        return text
    return _RUNS.sub(" ", text.translate(_TEXT)).strip()


def clean_code(text: str) -> str:
    """Return the text all half-width and without any space, as numbers and codes need it."""
    if _CLEAN(text):
        return text
    return text.translate(_CODE).replace(" ", "")


def plain_number(number: float) -> str:
    """Write a spreadsheet's number as a person would: 13800138000.0 is 13800138000."""
    return str(int(number)) if number == int(number) else repr(number)
