"""Taking an archive of another portal into an empty one: every list in its order, each whole or not at all."""

import hashlib
import json
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from typing import IO, Any

from members.people.models import Person
from union_portal.accounts.models import User
from union_portal.base.age import BROKEN, recipient_of, unseal_into
from union_portal.base.errors import Refused
from union_portal.base.importing.kinds import kind, kinds
from union_portal.base.importing.preview import ImportPreview
from union_portal.home.imports.services.history import Report, bring_in
from union_portal.home.leaving.enums import RECORDS_ONLY
from union_portal.home.leaving.services.archive import FORMAT
from union_portal.home.leaving.services.shelf import MANIFEST, SEALED

# What the open part says of itself is a few megabytes at most, whatever lies in the archive.
_MANIFEST_AT_MOST = 64 * 1024 * 1024
NO_ARCHIVE = "这不是整体导出的文件：应是 .zip，里面有 说明.txt 和 manifest.json。"
# What reading something else as an archive raises: no zip, a spoilt or locked one, one without our files or words.
_NO_ARCHIVE = (zipfile.BadZipFile, zlib.error, RuntimeError, KeyError, ValueError, TypeError)


@dataclass(frozen=True)
class List:
    """One list of an archive."""

    kind: str
    label: str
    path: str
    rows: int


@dataclass
class Archive:
    """An archive that the key has opened; every file is compared with its SHA-256 when it is read."""

    told: Mapping[str, Any]
    inner: zipfile.ZipFile

    @property
    def lists(self) -> list[List]:
        """Return its lists in the order in which they come in; those of kinds that no portal takes in left out."""
        known = [one.kind.key for one in kinds() if one.kind.key not in RECORDS_ONLY]
        found = [List(**entry) for entry in self.told["lists"] if entry["kind"] in known and entry["rows"]]
        return sorted(found, key=lambda one: (known.index(one.kind), one.path))

    def read(self, path: str) -> bytes:
        """Return a file of the encrypted part; raise `Refused` when it is not what the archive's maker wrote."""
        content = self.inner.read(path)
        noted = next((one for one in self.told["files"] if one["path"] == path and one["sealed"]), None)
        if noted is None or hashlib.sha256(content).hexdigest() != noted["sha256"]:
            raise Refused(BROKEN)
        return content


@contextmanager
def opened(file: IO[bytes], *, secret: str) -> Iterator[Archive]:
    """Open an archive; raise `Refused` for what is none, for another archive's key and for a damaged file."""
    with ExitStack() as held:
        inside = held.enter_context(tempfile.TemporaryFile())
        try:
            with zipfile.ZipFile(file) as outer:
                _belonging(outer, secret)
                with outer.open(SEALED) as sealed:
                    unseal_into(sealed, inside, secret=secret)
            inner = held.enter_context(zipfile.ZipFile(inside))
            # The part that the key opens says what belongs together; the open manifest anybody could have written.
            told = json.loads(inner.read(MANIFEST))
            if told["format"] != FORMAT:
                raise Refused(f"这份导出的格式是第 {told['format']} 版，本平台只认识第 {FORMAT} 版，请先升级平台。")
        except _NO_ARCHIVE as error:
            raise Refused(NO_ARCHIVE, field="file") from error
        yield Archive(told, inner)


def look_at(file: IO[bytes], *, secret: str) -> None:
    """Raise `Refused` for what is no archive, and for another archive's key; nothing is decrypted yet."""
    try:
        with zipfile.ZipFile(file) as outer:
            _belonging(outer, secret)
            outer.getinfo(SEALED)
    except _NO_ARCHIVE as error:
        raise Refused(NO_ARCHIVE, field="file") from error
    finally:
        file.seek(0)


def _belonging(outer: zipfile.ZipFile, secret: str) -> None:
    """Raise `Refused` unless the archive says that it was made for this key."""
    recipient = recipient_of(secret)
    if outer.getinfo(MANIFEST).file_size > _MANIFEST_AT_MOST:
        raise Refused(NO_ARCHIVE, field="file")
    if json.loads(outer.read(MANIFEST))["recipient"] != recipient:
        raise Refused("密钥不对：这把密钥不是这份导出的。", field="key")


def key_in(text: str) -> str:
    """Return the key's line: files of `age-keygen` begin with remarks."""
    lines = [line.strip() for line in text.splitlines()]
    return next((line for line in lines if line and not line.startswith("#")), "")


def is_filled() -> bool:
    """Tell whether the portal has a register of its own."""
    return Person.objects.exists()


def refuse_filled() -> None:
    """Refuse a portal that has a register of its own: lists would be compared with it, and not be the whole."""
    if is_filled():
        raise Refused("本平台已有人员登记，整体导出只能导入空的平台。")


def take_list(archive: Archive, one: List, *, actor: User | None, report: Report | None = None) -> ImportPreview:
    """Import a list, all or nothing; what stands already is unchanged, so that it may be begun again.

    Raises what `bring_in` raises.
    """
    resource, name = kind(one.kind)(actor=actor), f"整体导出 {PurePosixPath(one.path).name}"
    if report is not None:
        resource.progress = report
    _record, done = bring_in(resource=resource, file=BytesIO(archive.read(one.path)), name=name, answers={})
    return done
