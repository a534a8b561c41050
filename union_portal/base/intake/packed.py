"""Office documents: kept as they are written, unless they bring macros, a password or a bomb."""

import io
import zipfile

from union_portal.base.errors import Refused
from union_portal.base.intake.kinds import FileKind

MOST_PARTS = 5_000
MOST_UNPACKED = 300 * 1024 * 1024
_MACROS = "含有宏，不能收取。请另存为不含宏的文档后再传。"


def checked(content: bytes, *, kind: FileKind) -> bytes:
    """Return the document; raises Refused, in a sentence that follows its name, for what must not be kept."""
    if kind in {FileKind.DOC, FileKind.WPS}:
        if "_VBA_PROJECT".encode("utf-16-le") in content:
            raise Refused(_MACROS)
        return content
    parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
        raise Refused(_MACROS)
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("设了密码，系统无法打开检查。请去掉密码后再传。")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Refused("展开后过大，不能收取。请另存为 PDF 后再传。")
    return content
