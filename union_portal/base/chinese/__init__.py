"""Chinese names: clean spelling, order by pinyin and by strokes, keys to search by."""

from union_portal.base.chinese.names import normalise_name, split_name
from union_portal.base.chinese.pinyin import alternatives, initials, pinyin, pinyin_key, search_key, search_text
from union_portal.base.chinese.strokes import stroke_key

__all__ = [
    "alternatives",
    "initials",
    "normalise_name",
    "pinyin",
    "pinyin_key",
    "search_key",
    "search_text",
    "split_name",
    "stroke_key",
]
