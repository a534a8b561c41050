"""How lists say what kind of reply was given."""

from collections.abc import Mapping

from congress.handling.enums import ReplyKind
from union_portal.base.importing.rows import Row
from union_portal.base.spreadsheets.parsers import Choice

KIND_WORDS: Mapping[str, str] = (
    dict.fromkeys(("已采纳", "已落实", "已办结", "A"), ReplyKind.DONE)
    | dict.fromkeys(("正在解决", "计划解决", "B"), ReplyKind.PLANNED)
    | dict.fromkeys(("不能解决", "暂不能解决", "留作参考", "C"), ReplyKind.CANNOT)
)
REPLIES = Choice(ReplyKind, synonyms=KIND_WORDS)
# What a word most probably means that says less than a kind does.
LIKELY_KINDS = {"部分落实": "列入计划", "正在办理": "列入计划"}


def keep_word(row: Row, *, key: str, beside: str) -> None:
    """Keep in the text beside a choice the word that the list had, where the school told what it means."""
    if key in row.mapped:
        said = row.values.get(beside)
        row.values[beside] = f"原词“{row.mapped[key]}”" + (f"：{said}" if said else "")
