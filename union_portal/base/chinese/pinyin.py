"""Names by sound: the stored sort key, initials, and every spelling somebody may search by."""

import re
import unicodedata
from functools import cache, lru_cache
from itertools import chain
from types import ModuleType

from union_portal.base.chinese.names import DOT, MAX_KEY, is_han, normalise_name, split_name
from union_portal.base.chinese.strokes import base36
from union_portal.base.chinese.surnames import ALSO, COMPOUND, SINGLE

_SYLLABLE = re.compile(r"[a-z]{1,20}[1-5]?")
_MARKS = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0300": "4"}
_DIAERESIS = "\u0308"
UNKNOWN = "~"  # after every letter


@cache
def _dictionary() -> ModuleType:
    """Return pypinyin, read when the first name is: its dictionary is a sixth of what a process takes to start."""
    import pypinyin.constants  # noqa: PLC0415

    return pypinyin


@lru_cache(maxsize=65536)
def _read(text: str) -> tuple[str, ...]:
    """Read characters in their context: one syllable with its tone each, "" where no reading is known."""
    pypinyin = _dictionary()
    # What most given names are; asking pypinyin costs 0.1 ms.
    if len(text) == 2 and text not in pypinyin.constants.PHRASES_DICT:
        return _read(text[0]) + _read(text[1])
    syllables = pypinyin.lazy_pinyin(
        text,
        style=pypinyin.Style.TONE3,
        neutral_tone_with_five=True,
        errors=lambda _unknown: "",
    )
    if len(text) == 1:
        return (syllables[0] if syllables else "",)
    if len(syllables) == len(text):
        return tuple(syllables)
    return tuple(_read(character)[0] for character in text)  # unknown ones in a row are one syllable


@cache
def _other_readings(character: str) -> tuple[str, ...]:
    """Return all readings of one character without tones."""
    pypinyin = _dictionary()
    found = pypinyin.pinyin(character, style=pypinyin.Style.NORMAL, heteronym=True, errors="ignore")
    return tuple(dict.fromkeys(chain.from_iterable(found)))


def _parts(name: str) -> list[tuple[str, str]]:
    """Pair every character, or Latin word, of a normalised name with its syllable and tone."""
    surname, given = split_name(name)
    if not surname or not is_han(surname[0]):
        return [(word, _latin(word)) for word in name.split(" ")] if name else []
    if len(surname) > 1:
        head = list(zip(surname, COMPOUND[surname].split(), strict=True))
    else:
        reading = SINGLE.get(surname, "") if DOT not in name else ""
        head = [(surname, reading or _read(surname)[0])]
    tail = zip(given.replace(DOT, ""), _read(given.replace(DOT, "")), strict=True)
    return [(character, sound or _latin(character)) for character, sound in [*head, *tail]]


def _read_as(name: str, reading: str) -> list[tuple[str, str]]:
    """Pair the characters with the syllables of a corrected reading, where one is given that fits the name."""
    parts = _parts(normalise_name(name))
    syllables = reading.split()
    if len(syllables) != len(parts):
        return parts
    return [(character, sound) for (character, _computed), sound in zip(parts, syllables, strict=True)]


def reading(name: str) -> str:
    """Return how a name is read as far as the portal knows: 曾伟 → zeng1 wei3."""
    return " ".join(sound for _character, sound in _parts(normalise_name(name)))


def typed_reading(name: str, typed: str) -> str:
    """Return a reading as it is stored, from what somebody typed: Céng Wěi, ceng wei or ceng2 wei3.

    A syllable without a tone takes the tone under which the character has it. Raises ValueError when the syllables
    are not one for each character or are no syllables.
    """
    parts = _parts(normalise_name(name))
    syllables = [_with_tone(syllable) for syllable in typed.lower().replace("'", " ").split()]
    if len(syllables) != len(parts) or not all(_SYLLABLE.fullmatch(syllable) for syllable in syllables):
        raise ValueError(typed)
    return " ".join(
        syllable if syllable[-1].isdigit() or not is_han(character[0]) else _known_tone(character, syllable)
        for (character, _computed), syllable in zip(parts, syllables, strict=True)
    )


def _with_tone(syllable: str) -> str:
    """Turn a tone mark into its number: cěng → ceng3, lǚ → lv3."""
    plain, tone = "", ""
    for letter in unicodedata.normalize("NFD", syllable.replace("u:", "v")):
        if letter in _MARKS:
            tone = _MARKS[letter]
        elif letter == _DIAERESIS:
            plain = plain[:-1] + "v"
        else:
            plain += letter
    return plain + tone


def _known_tone(character: str, syllable: str) -> str:
    pypinyin = _dictionary()
    found = pypinyin.pinyin(character, style=pypinyin.Style.TONE3, heteronym=True, errors="ignore")
    return next((sound for sound in chain.from_iterable(found) if _plain(sound) == syllable), syllable)


def _latin(word: str) -> str:
    """Return the plain lower-case letters of a word: José → jose."""
    return unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode().lower()


def pinyin_key(name: str, read_as: str = "") -> str:
    """Return the key by which names stand in pinyin order (COLLATE "C").

    Each character gives syllable, tone and code point, so the same surname stays together and 李 (li) comes before
    林 (lin). What has no reading comes last; ü is written v, after u. `read_as` is a corrected reading.
    """
    words = (
        (sound + base36(ord(character), 4) if is_han(character[0]) else sound)
        if sound
        else UNKNOWN + base36(ord(character[0]), 4)
        for character, sound in _read_as(name, read_as)
    )
    return " ".join(words)[:MAX_KEY].rstrip()


def _plain(sound: str) -> str:
    return sound.rstrip("12345") if sound[:1].isascii() else sound


def pinyin(name: str) -> str:
    """Return the full pinyin without spaces and tones: 张伟 → zhangwei, 吕布 → lvbu."""
    return "".join(_plain(sound) for _character, sound in _parts(normalise_name(name)))


def initials(name: str) -> str:
    """Return the first letter of every syllable: 张伟 → zw, 曾小单 → zxd."""
    return "".join(sound[:1] for _character, sound in _parts(normalise_name(name)))


def _respell(syllable: str, u: str) -> str:
    """Write ü (v after the first letter) as people may type it: yu as in passports, or u."""
    return syllable[:1] + syllable[1:].replace("v", u)


def alternatives(name: str, read_as: str = "") -> tuple[str, ...]:
    """Return every key a name can be found by: full pinyin and initials, first as it is read, then as it might be.

    Other readings replace one character at a time, so the number stays small; spellings of ü replace all at once.
    """
    parts = _read_as(name, read_as)
    syllables = [_plain(sound) for _character, sound in parts]
    readings = [syllables]
    for place, (character, _sound) in enumerate(parts):
        if is_han(character[0]):
            extra = _other_readings(character) + (ALSO.get(character, ()) if place == 0 else ())
            readings += [[*syllables[:place], other, *syllables[place + 1 :]] for other in extra]
    found: dict[str, None] = {}
    for reading in readings:
        whole = "".join(reading)
        found[whole] = None
        if "v" in whole:
            found.update(dict.fromkeys("".join(_respell(s, u) for s in reading) for u in ("yu", "u")))
        found["".join([syllable[:1] for syllable in reading])] = None
    return tuple(key for key in found if key)


def search_key(name: str, read_as: str = "") -> str:
    """Return the text to store for searching: the name and all its alternatives, lower case, each after a space.

    `search_key__contains=search_text(q)` finds inside words, `search_key__contains=" " + search_text(q)` by prefix.
    """
    clean = normalise_name(name).lower()
    compact = clean.replace(DOT, "").replace(" ", "")
    words = dict.fromkeys([clean, compact, *alternatives(name, read_as)])
    return "".join(f" {word}" for word in words if word)


def search_text(typed: str) -> str:
    """Return what somebody typed into a search box in the form in which `search_key` holds names."""
    return normalise_name(typed).lower().replace("ü", "v").replace("'", "").replace("’", "")
