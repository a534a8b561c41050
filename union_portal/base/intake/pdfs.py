"""PDF files: nothing that runs, opens or tells of its writer is kept, only the pages.

A file with an electronic signature is kept as it came, for the signature holds for its very bytes (an electronic
invoice is a voucher only so); it must then hold nothing that runs.
"""

import io
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, StreamObject

from union_portal.base.errors import Refused
from union_portal.base.intake.jpegs import bare

MOST_PAGES = 300
# What the root keeps: pages, forms as filled in, layers, contents and marks for screen readers.
_ROOT = {
    "/Type", "/Pages", "/AcroForm", "/OCProperties", "/Outlines", "/PageLabels", "/Dests", "/Names", "/Lang",
    "/StructTreeRoot", "/MarkInfo", "/ViewerPreferences",
}  # fmt: skip
_RUNS = {"/AA", "/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/AF", "/XFA", "/RichMediaContent", "/RichMediaSettings"}
_TELLS = {"/Metadata", "/PieceInfo", "/OPI", "/Ref", "/URI"}
_HARMLESS = {"/GoTo", "/Named"}
_ANNOTATIONS = {
    "/Link", "/Text", "/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine", "/Highlight", "/Underline",
    "/Squiggly", "/StrikeOut", "/Stamp", "/Caret", "/Ink", "/Popup", "/Widget", "/Watermark",
}  # fmt: skip
_WEB = ("https://", "http://", "mailto:")


def cleaned(content: bytes) -> bytes:
    """Return the PDF without scripts, attachments, actions and metadata.

    Raises Refused, in a sentence that follows the file's name, for an encrypted or broken file, one of too many pages,
    and a signed one that would have to be changed.
    """
    try:
        return _cleaned(content)
    except (Refused, MemoryError):
        raise
    except Exception as error:  # a broken PDF fails in any of its reader's ways
        raise Refused("打不开，文件可能不完整。请重新导出或扫描后再传。") from error


def _cleaned(content: bytes) -> bytes:
    reader = PdfReader(io.BytesIO(content), strict=False)
    if reader.is_encrypted:
        raise Refused("设了密码或限制，系统无法打开检查。请去掉密码后再传。")
    pages = len(reader.pages)
    if not pages:
        raise Refused("里没有任何页面，请检查后再传。")
    if pages > MOST_PAGES:
        raise Refused(f"有 {pages} 页，最多 {MOST_PAGES} 页。请分成几个文件再传。")
    root: Any = reader.trailer["/Root"].get_object()
    signed, runs = _scrubbed(root)
    if signed:
        if runs or not content.startswith(b"%PDF-") or content.rpartition(b"%%EOF")[2].strip():
            raise Refused("带有电子签名，又含有脚本或附件，清除后签名会失效。请打印成普通 PDF 后再传。")
        return content
    for name in set(root) - _ROOT:
        del root[name]
    names = root.get("/Names")
    if names is not None:
        for name in set(names.get_object()) - {"/Dests"}:
            del names.get_object()[name]
    writer = PdfWriter(clone_from=reader)
    writer.metadata = None
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _scrubbed(root: Any) -> tuple[bool, bool]:
    """Strip everything below the root; tell whether a signature was met, and anything that runs."""
    signed = runs = False
    for one in _below(root):
        signed = signed or "/ByteRange" in one
        runs = _stripped(one) or runs
    return signed, runs


def _below(root: Any) -> Iterator[DictionaryObject]:
    """Yield every dictionary once, before what it leads to."""
    seen: set[tuple[int, int]] = set()
    waiting: list[Any] = [root]
    while waiting:
        one = waiting.pop()
        if isinstance(one, IndirectObject):
            if (one.idnum, one.generation) in seen:
                continue
            seen.add((one.idnum, one.generation))
            one = one.get_object()
        if isinstance(one, DictionaryObject):
            yield one
            waiting += dict.values(one)
        elif isinstance(one, ArrayObject):
            waiting += list.__iter__(one)


def _stripped(one: DictionaryObject) -> bool:
    """Take out of a dictionary what does not belong in a paper; tell whether any of it runs."""
    runs = False
    for name in _RUNS & set(one):
        del one[name]
        runs = True
    for name in _TELLS & set(one):
        if name != "/URI" or not str(one[name]).lower().startswith(_WEB):
            del one[name]
    for name in {"/A", "/Next", "/OpenAction", "/PA"} & set(one):
        if _acts(one[name]):
            del one[name]
            runs = True
    if isinstance(one, StreamObject):  # its bytes would lie in another file
        for name in {"/F", "/FFilter", "/FDecodeParms"} & set(one):
            del one[NameObject(name)]
        if one.get("/Filter") in ("/DCTDecode", ["/DCTDecode"]):
            one._data = bare(one._data)  # noqa: SLF001 -- its bytes as they stand in the file
    if isinstance(annotations := one.get("/Annots"), ArrayObject):
        kept = [each for each in list.__iter__(annotations) if each.get_object().get("/Subtype") in _ANNOTATIONS]
        runs = runs or len(kept) < len(annotations)
        one[NameObject("/Annots")] = ArrayObject(kept)
    return runs


def _acts(value: Any) -> bool:
    """Tell whether a value is an action that does more than turn a page or name an address of the web."""
    action = value.get_object() if value is not None else None
    if isinstance(action, ArrayObject):  # a place in the file, or several actions
        return any(_acts(each) for each in action)
    if not isinstance(action, DictionaryObject) or "/S" not in action:
        return False
    kind = str(action["/S"])
    if kind == "/URI":
        return not str(action.get("/URI", "")).lower().startswith(_WEB)
    return kind not in _HARMLESS
