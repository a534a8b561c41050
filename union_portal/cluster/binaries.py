"""PostgreSQL's programs on this machine."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from union_portal.cluster.errors import ClusterError
from union_portal.cluster.layout import Layout

OLDEST = 15
DEBIAN = Path("/usr/lib/postgresql")


def programs(*, major: int | None = None) -> Path:
    """Return the folder of PostgreSQL's programs: of one major version, or of the newest that is new enough.

    Raises:
        ClusterError: there is none; the message says what to install.
    """
    found = _installed()
    if major is None:
        fit = {version: folder for version, folder in found.items() if version >= OLDEST}
        if not fit:
            raise ClusterError(f"PostgreSQL {OLDEST} or newer is not installed: apt-get install postgresql.")
        return fit[max(fit)]
    if major not in found:
        present = ", ".join(str(version) for version in sorted(found)) or "none"
        raise ClusterError(
            f"The portal's database was made by PostgreSQL {major}, but this machine has {present}."
            f" Install it (apt-get install postgresql-{major}), or carry the data over:"
            " docs/installation.md, “A newer PostgreSQL”."
        )
    return found[major]


def version_of(layout: Layout) -> int:
    """Return the major version that a cluster was made by."""
    return int(Path(layout.data, "PG_VERSION").read_text())


def _installed() -> dict[int, Path]:
    """Return every complete installation by major version: Debian's, and the one on the search path."""
    found = {int(folder.parent.name): folder for folder in DEBIAN.glob("[0-9]*/bin") if (folder / "initdb").exists()}
    initdb = shutil.which("initdb")
    if initdb:
        folder = Path(os.path.realpath(initdb)).parent
        shown = subprocess.run([folder / "initdb", "--version"], capture_output=True, text=True, check=True).stdout  # noqa: S603
        number = re.search(r"(\d+)", shown)
        if number:
            found.setdefault(int(number[1]), folder)
    return found
