"""Compiles catalogues of translations without gettext's programs: `python -m union_portal.base.catalogues FOLDER`."""

import sys
from pathlib import Path

import polib


def compile_catalogues(folder: Path) -> int:
    """Write every catalogue under a folder as the .mo file that Django reads, where it is missing or older."""
    compiled = 0
    for source in sorted(folder.rglob("*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime <= source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(target))
            compiled += 1
    return compiled


if __name__ == "__main__":
    compile_catalogues(Path(sys.argv[1]))
