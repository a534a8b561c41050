"""`script/fonts [--force]`: finds or fetches the open Chinese fonts and makes the portal's six faces of them."""

import os
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from time import monotonic

from union_portal.base.paper import PaperError, faces
from union_portal.fonts import preparing


def main(arguments: Sequence[str]) -> None:
    """Prepare and say which fonts are used; a second run has nothing to do. Ends the program where it cannot."""
    parser = ArgumentParser("script/fonts", description="Prepare the fonts that PDF documents use (once, at set-up).")
    parser.add_argument("--force", action="store_true", help="prepare again even if nothing has changed")
    force = parser.parse_args(arguments).force
    started = monotonic()
    try:
        prepared = preparing.prepare(faces.fonts_dir(), say, force=force)
    except PaperError as error:
        sys.exit(str(error))
    except OSError as error:
        sys.exit(f"The fonts cannot be kept in {faces.fonts_dir()}: {error}")
    say(f"{faces.fonts_dir()}: {', '.join(face.source for face in prepared)} ({monotonic() - started:.1f} s)")


def say(line: str) -> None:
    """Say a line at once, also into a pipe."""
    print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "union_portal.settings")
    main(sys.argv[1:])
