"""What opens a picture or a PDF, in a process apart."""

from collections.abc import Iterator

from union_portal.base.intake import pdfs, pictures
from union_portal.base.intake.kinds import FileKind


def opened(content: bytes, kind: FileKind | str) -> Iterator[tuple[bytes, FileKind]]:
    """Yield the file clean, and which kind it is now; raises Refused as `pictures` and `pdfs` do."""
    if kind == FileKind.PDF:
        yield pdfs.cleaned(content), FileKind.PDF
    else:
        yield pictures.redrawn(content, kind=kind)
