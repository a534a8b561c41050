"""Names as they are kept, searched and sorted."""

import re

from pypinyin import Style, lazy_pinyin

_CJK_GAP = re.compile(r"(?<=[\u3400-\u9fff\U00020000-\U0003ffff])[\s\u3000]+(?=[\u3400-\u9fff\U00020000-\U0003ffff])")
_DOTS = str.maketrans(dict.fromkeys("•・‧．∙⋅", "·"))


def normal_name(name: str) -> str:
    """Return the name as it is kept: 张　三 is 张三, one kind of dot, single spaces."""
    return _CJK_GAP.sub("", " ".join(name.translate(_DOTS).split()))


def keys_of(name: str) -> tuple[str, str, str]:
    """Return (search key, pinyin key, stroke key) of a normal name."""
    full = lazy_pinyin(name)
    initials = "".join(lazy_pinyin(name, style=Style.FIRST_LETTER))
    return f"{name.lower()} {''.join(full)} {initials}", " ".join(full), name
