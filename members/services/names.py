"""Names as they are kept, searched and sorted."""

from union_portal.base.chinese import normalise_name, pinyin_key, search_key, stroke_key


def normal_name(name: str) -> str:
    """Return the name as it is kept: 张　三 is 张三, one kind of dot, single spaces."""
    return normalise_name(name)


def keys_of(name: str, reading: str = "") -> tuple[str, str, str]:
    """Return (search key, pinyin key, stroke key) of a normal name, read as it usually is or as corrected."""
    return search_key(name, reading), pinyin_key(name, reading), stroke_key(name)


def keys_of_new_name(name: str) -> tuple[str, str, str, str]:
    """Return the keys of a name that replaces another, and the empty reading: a correction belonged to the old name."""
    return *keys_of(name), ""
