"""Taking an archive of another portal into an empty one: every list in its order, each whole or not at all."""

import hashlib
import json
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
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
from union_portal.home.imports.services.history import bring_in
from union_portal.home.leaving.services.archive import FORMAT
from union_portal.home.leaving.services.shelf import MANIFEST, SEALED

NO_ARCHIVE = "这不是整体导出的文件：应是 .zip，里面有 说明.txt 和 manifest.json。"


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
        """Return its lists in the order in which they come in; those of kinds unknown here left out."""
        known = [one.kind.key for one in kinds()]
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
    recipient = recipient_of(secret)
    with tempfile.TemporaryFile() as inside:
        try:
            with zipfile.ZipFile(file) as outer:
                told = json.loads(outer.read(MANIFEST))
                if told["recipient"] != recipient:
                    raise Refused("密钥不对：这把密钥不是这份导出的。", field="key")
                with outer.open(SEALED) as sealed:
                    unseal_into(sealed, inside, secret=secret)
            with zipfile.ZipFile(inside) as inner:
                # The part that the key opens says what belongs together; the open manifest anybody could have written.
                told = json.loads(inner.read(MANIFEST))
                if told["format"] != FORMAT:
                    raise Refused(f"这份导出的格式是第 {told['format']} 版，本平台只认识第 {FORMAT} 版，请先升级平台。")
                yield Archive(told, inner)
        except (zipfile.BadZipFile, KeyError, ValueError, TypeError) as error:
            raise Refused(NO_ARCHIVE) from error


def refuse_filled() -> None:
    """Refuse a portal that has a register of its own: lists would be compared with it, and not be the whole."""
    if Person.objects.exists():
        raise Refused("本平台已有人员登记，整体导出只能导入空的平台。接着导入上次中断的，请注明继续（--go-on）。")


def take_list(archive: Archive, one: List, *, actor: User | None) -> ImportPreview:
    """Import a list, all or nothing; what stands already is unchanged, so that it may be begun again.

    Raises what `bring_in` raises.
    """
    resource, name = kind(one.kind)(actor=actor), f"整体导出 {PurePosixPath(one.path).name}"
    _record, done = bring_in(resource=resource, file=BytesIO(archive.read(one.path)), name=name, answers={})
    return done
