"""The archive as a file: an open part, and one that only the key opens; every file with its size and SHA-256."""

import hashlib
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import IO, Any

from union_portal.base.age import Sealer

# The part that the key opens, within the archive.
SEALED = "sealed.zip.age"
MANIFEST = "manifest.json"
README = "说明.txt"


@dataclass(frozen=True)
class Shelved:
    """A file of the archive; `sealed` ones lie in the encrypted part."""

    path: str
    sealed: bool
    bytes: int
    sha256: str


@dataclass
class Shelf:
    """What is written, in order; the two parts are written at the same time."""

    open_part: zipfile.ZipFile
    sealed_part: zipfile.ZipFile
    files: list[Shelved] = field(default_factory=list)

    @contextmanager
    def file(self, path: str, *, sealed: bool = True) -> Iterator["Counted"]:
        """Open a new file of the archive to write bytes into."""
        part = self.sealed_part if sealed else self.open_part
        with part.open(path, "w", force_zip64=True) as below:
            counted = Counted(below)
            yield counted
        self.files.append(Shelved(path, sealed, counted.size, counted.digest.hexdigest()))

    def put(self, path: str, content: bytes, *, sealed: bool = True) -> None:
        """Add a whole file."""
        with self.file(path, sealed=sealed) as out:
            out.write(content)

    def told(self) -> list[dict[str, Any]]:
        """Return the files as the manifest names them."""
        return [asdict(one) for one in self.files]


class Counted:
    """Bytes on their way, counted and hashed."""

    def __init__(self, below: IO[bytes]) -> None:
        self._below, self.size, self.digest = below, 0, hashlib.sha256()

    def write(self, data: bytes) -> int:
        """Pass them on."""
        self.size += len(data)
        self.digest.update(data)
        return self._below.write(data)


@contextmanager
def shelf(out: IO[bytes], aside: IO[bytes], *, recipient: str) -> Iterator[Shelf]:
    """Write an archive into `out`; `aside` holds the encrypted part until the open one is whole."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as open_part:
        sealer = Sealer(aside, recipient=recipient)
        with zipfile.ZipFile(sealer, "w", zipfile.ZIP_DEFLATED) as sealed_part:
            yield Shelf(open_part, sealed_part)
        sealer.close()
        aside.seek(0)
        with open_part.open(zipfile.ZipInfo(SEALED), "w", force_zip64=True) as kept:
            while piece := aside.read(1024 * 1024):
                kept.write(piece)
