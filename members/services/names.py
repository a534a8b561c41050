"""Names as they are kept, searched and sorted."""

from union_portal.base.chinese import normalise_name, pinyin_key, search_key, stroke_key


def normal_name(name: str) -> str:
    """Return the name as it is kept: 张　三 is 张三, one kind of dot, single spaces."""
    return normalise_name(name)


def keys_of(name: str) -> tuple[str, str, str]:
    """Return (search key, pinyin key, stroke key) of a normal name."""
    return search_key(name), pinyin_key(name), stroke_key(name)
