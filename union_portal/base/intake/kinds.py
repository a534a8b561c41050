"""What a file is, told by its content alone: a name and a browser may say anything."""

import io
import zipfile
from dataclasses import dataclass
from enum import StrEnum

HEIC = "heic"
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_OLE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
# The part that tells one packed format from another.
_PACKED = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx", "OFD.xml": "ofd"}
# A reader looks this far for the head of a PDF.
_PDF_HEAD = 1024


class FileKind(StrEnum):
    """What is kept, by the ending of its name."""

    PDF = "pdf"
    JPEG = "jpg"
    PNG = "png"
    DOC = "doc"
    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    WPS = "wps"
    OFD = "ofd"


@dataclass(frozen=True, slots=True)
class Words:
    """How a kind is sent to a browser, and what people call it."""

    content_type: str
    label: str
    endings: tuple[str, ...]


_OFFICE = "application/vnd.openxmlformats-officedocument."
KINDS = {
    FileKind.PDF: Words("application/pdf", "PDF 文件", ("pdf",)),
    FileKind.JPEG: Words("image/jpeg", "图片", ("jpg", "jpeg")),
    FileKind.PNG: Words("image/png", "图片", ("png",)),
    FileKind.DOC: Words("application/msword", "Word 文档", ("doc",)),
    FileKind.DOCX: Words(f"{_OFFICE}wordprocessingml.document", "Word 文档", ("docx",)),
    FileKind.XLSX: Words(f"{_OFFICE}spreadsheetml.sheet", "Excel 表格", ("xlsx",)),
    FileKind.PPTX: Words(f"{_OFFICE}presentationml.presentation", "演示文稿", ("pptx",)),
    FileKind.WPS: Words("application/vnd.ms-works", "WPS 文档", ("wps",)),
    FileKind.OFD: Words("application/ofd", "OFD 文件", ("ofd",)),
}
PICTURES = frozenset({FileKind.JPEG, FileKind.PNG})
SCANS = PICTURES | {FileKind.PDF}
# What a phone opens without another program.
HANDOUTS = SCANS | {FileKind.DOCX, FileKind.XLSX, FileKind.PPTX}
DOCUMENTS = frozenset(FileKind)


def kind_of_ending(ending: str) -> FileKind | None:
    """Return the kind that a name's ending stands for."""
    return next((kind for kind, words in KINDS.items() if ending in words.endings), None)


def recognised(content: bytes, *, ending: str) -> FileKind | str | None:
    """Return what the content is: a kind, `HEIC`, or None for anything else.

    The ending decides only between the two names of one old format, doc and wps.
    """
    if content.startswith(b"\xff\xd8\xff"):
        return FileKind.JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileKind.PNG
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS:
        return HEIC
    if content.startswith(_ZIP):
        return _packed(content)
    if content.startswith(_OLE):
        written = "WordDocument".encode("utf-16-le") in content
        return (FileKind.WPS if ending == FileKind.WPS else FileKind.DOC) if written else None
    return FileKind.PDF if b"%PDF-" in content[:_PDF_HEAD] else None


def _packed(content: bytes) -> FileKind | None:
    try:
        names = set(zipfile.ZipFile(io.BytesIO(content)).namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return None
    return next((FileKind(kind) for part, kind in _PACKED.items() if part in names), None)
