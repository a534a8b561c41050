"""What a name is made of: its clean spelling, surname and given name."""

import re
import unicodedata
from functools import lru_cache

from union_portal.base.chinese.surnames import COMPOUND

DOT = "·"
MAX_KEY = 200  # what the stored columns hold
_DOTS = re.compile(r"\s*[·•‧・∙⋅･᛫]\s*")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad]")


def is_han(character: str) -> bool:
    """Tell whether a character is a Chinese one (basic block, extensions, compatibility, 〇)."""
    point = ord(character)
    return (
        0x4E00 <= point <= 0x9FFF
        or 0x3400 <= point <= 0x4DBF
        or 0x20000 <= point <= 0x3FFFF
        or 0xF900 <= point <= 0xFAFF
        or point == 0x3007
    )


@lru_cache(maxsize=65536)
def normalise_name(name: str) -> str:
    """Return a name as it is stored: half-width, no spaces between Han characters, one kind of middle dot.

    Compatibility forms of Han characters are kept: they can be the lawful spelling of a name.
    """
    if all("\u4e00" <= c <= "\u9fff" for c in name):
        return name
    text = "".join(c if is_han(c) else unicodedata.normalize("NFKC", c) for c in _INVISIBLE.sub("", name))
    text = _DOTS.sub(DOT, text)
    text = " ".join(text.split())
    kept = [
        c
        for i, c in enumerate(text)
        if not (c == " " and is_han(text[i - 1]) and is_han(text[i + 1]))  # stripped: a space has two neighbours
    ]
    text = "".join(kept)
    return re.sub(r"(?<=[^\x00-\x7f])\.(?=[^\x00-\x7f])", DOT, text).strip(DOT)


def split_name(name: str) -> tuple[str, str]:
    """Split a normalised name into surname and given name.

    Compound surnames are known from a list; of a name that is not Han, or has a middle dot, the first character
    or word stands as the surname.
    """
    if not name:
        return "", ""
    if not is_han(name[0]):
        first, _space, rest = name.partition(" ")
        return first, rest
    if DOT not in name:
        for length in (4, 2):
            if len(name) > length and name[:length] in COMPOUND:
                return name[:length], name[length:]
    return name[0], name[1:]
