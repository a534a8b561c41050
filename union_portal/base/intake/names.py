"""What a file was called by who sent it, made fit to be shown and saved again."""

import re
import unicodedata

from union_portal.base.intake.kinds import KINDS, FileKind

LONGEST_NAME = 120
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_ENDING = re.compile(r"\.([A-Za-z0-9]{1,5})$")


def shown_name(sent: str) -> str:
    """Return the name without folders, control characters and marks that turn the reading direction."""
    last = sent.replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C")
    return _FORBIDDEN.sub("_", plain).strip(" .")[-LONGEST_NAME:] or "未命名"


def ending_of(name: str) -> str:
    """Return the name's ending in small letters, or nothing."""
    found = _ENDING.search(name)
    return found[1].lower() if found else ""


def corrected(name: str, kind: FileKind) -> str:
    """Return the name with the ending of what the file is; one that already agrees stays as written."""
    ending = ending_of(name)
    if ending in KINDS[kind].endings:
        return name
    stem = name[: -len(ending) - 1] if ending else name
    return f"{stem or '未命名'}.{kind}"
