"""Compiles and checks the catalogues of translations without gettext's programs: `python -m …catalogues`."""

import re
import sys
from pathlib import Path

import polib

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def compile_catalogues(folder: Path) -> int:
    """Write every catalogue under a folder as the .mo file that Django reads, where it is missing or older."""
    compiled = 0
    for source in sorted(folder.rglob("*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime <= source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(target))
            compiled += 1
    return compiled


def faults(catalogue: Path) -> list[str]:
    """Return one line for every text without a translation, with an unsure one, or with other placeholders."""
    found = []
    for entry in polib.pofile(str(catalogue)):
        if entry.obsolete:
            continue
        where = entry.occurrences[0][0] if entry.occurrences else ""
        texts = list(entry.msgstr_plural.values()) or [entry.msgstr]
        if not all(texts):
            found.append(f"{where}: no translation: {entry.msgid!r}")
        elif entry.fuzzy:
            found.append(f"{where}: unsure translation: {entry.msgid!r}")
        elif not entry.msgid_plural and _placeholders(entry.msgid) != _placeholders(texts[0]):
            found.append(f"{where}: other placeholders: {entry.msgid!r}")
    return found


def _placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


def main(command: str, path: str) -> int:
    """Run `compile FOLDER` or `check CATALOGUE`; 1 when a translation is missing."""
    if command == "compile":
        compile_catalogues(Path(path))
        return 0
    found = faults(Path(path))
    for line in found:
        print(line)  # noqa: T201
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
