"""Cleaning the text of a cell: spaces of every kind, full-width letters and digits, invisible characters."""

import re
import unicodedata

_INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xAD])
# Telephones and address books put these around what is copied from them.
_DIRECTIONS = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_SPACES = dict.fromkeys([0xA0, 0x2002, 0x2003, 0x2007, 0x2009, 0x202F, 0x3000, 0x9, 0xA, 0xD], " ")
_ALL_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_WIDE_WORDS = {code: half for code, half in _ALL_WIDE.items() if chr(half).isalnum()}
_TEXT = _INVISIBLE | _SPACES | _WIDE_WORDS
_CODE = _INVISIBLE | _SPACES | _ALL_WIDE
_RUNS = re.compile(r" {2,}")
# Nothing to clean in these, which are most cells by far.
_CLEAN = re.compile(r"[!-~\u3400-\u9fff]*").fullmatch
# What people type into a cell that has nothing to say.
NOTHING = frozenset({"", "/", "\\", "-", "--", "—", "——", "无", "N/A", "n/a", "null", "NULL", "None"})


def clean_text(text: str) -> str:
    """Return the text with plain single spaces and half-width letters and digits; Chinese punctuation stays."""
    if _CLEAN(text):
        return text
    return _RUNS.sub(" ", text.strip(_DIRECTIONS).translate(_TEXT)).strip()


def clean_code(text: str) -> str:
    """Return the text all half-width and without any space, as numbers and codes need it."""
    if _CLEAN(text):
        return text
    return text.strip(_DIRECTIONS).translate(_CODE).replace(" ", "")


def unseen(text: str) -> str:
    """Return the characters that nobody sees and that change what stands there: controls, directions, lost ones."""
    if text.isprintable():
        return "\ufffd" if "\ufffd" in text else ""
    return "".join(c for c in text if c == "\ufffd" or unicodedata.category(c) in {"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"})


def plain_number(number: float) -> str:
    """Write a spreadsheet's number as a person would: 13800138000.0 is 13800138000."""
    return str(int(number)) if number == int(number) else repr(number)
