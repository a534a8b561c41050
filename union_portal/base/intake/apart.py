"""Pictures and PDFs are opened in a process of their own: what breaks, hangs or swells there is one refused file.

The process gets the file and nothing else: no setting, no key, a bounded memory and time.
"""

import resource
import subprocess
import sys
import threading
from pathlib import Path

import union_portal
from union_portal.base.errors import Refused
from union_portal.base.intake import pdfs, pictures
from union_portal.base.intake.kinds import FileKind

MOST_MEMORY = 1536 * 1024 * 1024
# Of the processor; a busy machine may take several times as long by the clock.
MOST_SECONDS = 20
# How many files are opened at once in one process of the portal; the next ones wait their turn.
_AT_ONCE = threading.BoundedSemaphore(2)
_ROOT = Path(union_portal.__file__).parents[1]
_REFUSED, _END = "refused", b"\n"


def cleaned(content: bytes, *, kind: FileKind | str) -> tuple[bytes, FileKind]:
    """Return the picture or PDF clean, and which kind it is now; raises Refused as `pictures` and `pdfs` do."""
    with _AT_ONCE:
        try:
            done = subprocess.run(  # noqa: S603 - fixed words
                [sys.executable, "-s", "-m", "union_portal.base.intake.apart", kind],
                input=content,
                capture_output=True,
                timeout=MOST_SECONDS * 4,
                env={"PYTHONPATH": str(_ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
                cwd="/",
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise _beyond() from error
    told, _end, clean = done.stdout.partition(_END)
    if done.returncode or not told:
        raise _beyond()
    if told.decode() == _REFUSED:
        raise Refused(clean.decode())
    return clean, FileKind(told.decode())


def _beyond() -> Refused:
    return Refused("过于复杂，系统无法打开检查。请打印或扫描成普通 PDF 后再传。")


def _answer(kind: str, content: bytes) -> bytes:
    """Return the first line, what it is now or that it is refused, and what follows it."""
    try:
        if kind == FileKind.PDF:
            clean, is_now = pdfs.cleaned(content), FileKind.PDF
        else:
            clean, is_now = pictures.redrawn(content, kind=kind)
    except Refused as refused:
        return _REFUSED.encode() + _END + str(refused).encode()
    return is_now.encode() + _END + clean


def main() -> None:
    """Bind the process, then open the file."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.stdout.buffer.write(_answer(sys.argv[1], sys.stdin.buffer.read()))


if __name__ == "__main__":
    main()
