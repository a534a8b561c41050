"""Taking a file in: its size, what it is, whether the place takes that, and what is left of it when it is clean."""

import hashlib
from typing import Any

from django.core.files.base import ContentFile

from union_portal.base.apart.messages import Means
from union_portal.base.apart.processes import Apart, Beyond
from union_portal.base.errors import Refused
from union_portal.base.intake import packed
from union_portal.base.intake.kinds import DOCUMENTS, HEIC, KINDS, PICTURES, SCANS, FileKind, recognised
from union_portal.base.intake.names import corrected, ending_of, shown_name

MEGABYTE = 1024 * 1024
# What a scanned document of some dozen pages may weigh.
LARGEST = 20 * MEGABYTE
# What opening a picture or a PDF may cost; of the processor: a busy machine may take several times as long.
MEANS = Means(memory=1536 * MEGABYTE, seconds=20)
APART = Apart("union_portal.base.intake.opening:opened")


class Taken(ContentFile[bytes]):
    """A clean file: what is in it, what it is called, what it is; not stored yet."""

    def __init__(self, content: bytes, *, name: str, kind: FileKind) -> None:
        super().__init__(content, name=name)
        self.kind = kind
        self.digest = hashlib.sha256(content).hexdigest()
        # Where it lies, once it is stored.
        self.place = ""


def take(file: Any, *, name: str = "", accepts: frozenset[FileKind] = DOCUMENTS) -> Taken:
    """Return the file clean, under a name that agrees with what it is; one that was taken before comes as it is.

    Raises Refused with a sentence that names the file and what to do: too large, empty, of another kind than the place
    takes, broken, encrypted, with macros.
    """
    if isinstance(file, Taken):
        return _accepted(file, accepts)
    called = shown_name(name or file.name or "")
    if not file.size:
        raise Refused(f"“{called}”是空文件（0 字节）。请检查后重新选择。")
    if file.size > LARGEST:
        # Rounded up, so that no file is as large as it may be and refused.
        size = -(-file.size // MEGABYTE)
        raise Refused(f"“{called}”有 {size} MB，最多 {LARGEST // MEGABYTE} MB，请压缩后再传。")
    file.seek(0)
    content = file.read()
    kind = recognised(content, ending=ending_of(called))
    if kind is None or (FileKind.JPEG if kind == HEIC else kind) not in accepts:
        raise Refused(f"“{called}”不是能收取的文件。请上传{accepted_words(accepts)}。")
    try:
        clean, is_now = _cleaned(content, kind)
    except Refused as refused:
        raise Refused(f"“{called}”{refused}") from refused
    return Taken(clean, name=corrected(called, is_now), kind=is_now)


def accepted_words(accepts: frozenset[FileKind]) -> str:
    """Say what a place takes."""
    if accepts == SCANS:
        return " PDF 或图片（JPG、PNG、HEIC）"
    if accepts == PICTURES:
        return "图片（JPG、PNG、HEIC）"
    return " PDF、图片或文档（{}）".format("、".join(str(kind) for kind in FileKind if kind in accepts - SCANS))


def accepted_endings(accepts: frozenset[FileKind]) -> str:
    """Return the endings for the browser's own choice of files."""
    endings = [ending for kind in FileKind if kind in accepts for ending in KINDS[kind].endings]
    if accepts & PICTURES:
        endings += ["heic", "heif"]
    return ",".join(f".{ending}" for ending in endings)


def _accepted(file: Taken, accepts: frozenset[FileKind]) -> Taken:
    if file.kind not in accepts:
        raise Refused(f"“{file.name}”不是能收取的文件。请上传{accepted_words(accepts)}。")
    return file


def _cleaned(content: bytes, kind: FileKind | str) -> tuple[bytes, FileKind]:
    if kind == HEIC or kind in SCANS:
        try:
            ((clean, is_now),) = APART.open(content, kind, means=MEANS)
        except Beyond as error:
            raise Refused("过于复杂，系统无法打开检查。请打印或扫描成普通 PDF 后再传。") from error
        return clean, is_now
    return packed.checked(content, kind=FileKind(kind)), FileKind(kind)
