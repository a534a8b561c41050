"""Chinese names: clean spelling, order by pinyin and by strokes, keys to search by."""

from union_portal.base.chinese.names import normalise_name, split_name
from union_portal.base.chinese.pinyin import (
    alternatives,
    initials,
    pinyin,
    pinyin_key,
    reading,
    search_key,
    search_text,
    typed_reading,
)
from union_portal.base.chinese.strokes import stroke_key

__all__ = [
    "alternatives",
    "initials",
    "normalise_name",
    "pinyin",
    "pinyin_key",
    "reading",
    "search_key",
    "search_text",
    "split_name",
    "stroke_key",
    "typed_reading",
]
