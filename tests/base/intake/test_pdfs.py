"""PDFs that come in keep their pages and lose what runs or tells."""

import io
import re
import sys
import zlib
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Link
from pypdf.constants import UserAccessPermissions
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, StreamObject, TextStringObject

from tests.base.intake.takes import SECRETS, content_of, photo, refusal, taken
from tests.factories import papers
from union_portal.base.intake.taking import APART


def hostile_pdf() -> bytes:
    writer = PdfWriter()
    page = writer.add_blank_page(200, 300)
    writer.add_blank_page(200, 300)
    _add_script(writer)
    writer.add_attachment("x.exe", b"MZ attached")
    writer.add_metadata({"/Author": "secret"})
    run = {"/S": NameObject("/Launch"), "/F": TextStringObject("cmd.exe")}
    page[NameObject("/AA")] = DictionaryObject({NameObject("/O"): _named(run)})
    for target in ({"/S": NameObject("/URI"), "/URI": TextStringObject("javascript:alert(1)")}, run):
        link = Link(rect=(0, 0, 10, 10), url="x")
        link[NameObject("/A")] = _named(target)
        writer.add_annotation(0, link)
    writer.add_annotation(0, Link(rect=(0, 0, 10, 10), url="https://union.example/"))
    attached = DictionaryObject({NameObject("/Subtype"): NameObject("/FileAttachment")})
    page[NameObject("/Annots")].append(attached)  # type: ignore[attr-defined]
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _add_script(writer: PdfWriter) -> None:
    """Let the file run a script when it is opened, in both ways there are."""
    script = _named({"/S": NameObject("/JavaScript"), "/JS": TextStringObject("app.alert(1)")})
    names = ArrayObject([TextStringObject("0"), writer._add_object(script)])
    writer.root_object[NameObject("/OpenAction")] = writer._add_object(script.clone(writer))
    writer.root_object[NameObject("/Names")] = _named({"/JavaScript": _named({"/Names": names})})


def _named(pairs: dict[str, Any]) -> DictionaryObject:
    return DictionaryObject({NameObject(name): value for name, value in pairs.items()})


def test_a_pdf_keeps_its_pages_and_links_and_nothing_that_runs_or_tells() -> None:
    sent = hostile_pdf()
    words = [b"JavaScript", b"app.alert", b"Launch", b"cmd.exe", b"EmbeddedFile", b"MZ attached", b"secret", b"/AA"]
    words += [b"javascript:", b"/OpenAction", b"FileAttachment", b"/Producer", b"/Author"]
    assert [word for word in words if word not in _read(sent)] == []
    file = taken("通知.pdf", b"junk before" + sent + b"<html><script>alert(1)</script>")
    kept = _read(content_of(file))
    assert [word for word in (*words, *SECRETS, b"junk") if word in kept] == []
    assert len(PdfReader(io.BytesIO(content_of(file))).pages) == 2
    assert b"https://union.example/" in kept


def test_a_photograph_inside_a_pdf_tells_nothing_and_is_still_drawn() -> None:
    writer = PdfWriter()
    page = writer.add_blank_page(200, 300)
    inner = StreamObject()
    inner.update(_named({"/Type": NameObject("/XObject"), "/Subtype": NameObject("/Image")}))
    inner.update(
        _named({"/Width": NumberObject(400), "/Height": NumberObject(300), "/BitsPerComponent": NumberObject(8)})
    )
    inner.update(_named({"/ColorSpace": NameObject("/DeviceRGB"), "/Filter": NameObject("/DCTDecode")}))
    inner._data = photo("JPEG")
    page[NameObject("/Resources")] = _named({"/XObject": _named({"/P": writer._add_object(inner)})})
    out = io.BytesIO()
    writer.write(out)
    assert b"iPhone" in out.getvalue()
    kept = content_of(taken("手机扫描.pdf", out.getvalue()))
    assert [secret for secret in SECRETS if secret in kept] == []
    assert PdfReader(io.BytesIO(kept)).pages[0].images[0].image.size == (400, 300)  # type: ignore[union-attr]


def _read(content: bytes) -> bytes:
    """Return a PDF with the signs that its strings escape."""
    return re.sub(rb"\\(\d{3})", lambda found: bytes([int(found[1], 8)]), content)


def test_an_encrypted_pdf_is_refused_in_words() -> None:
    for password in ("geheim", ""):
        writer = PdfWriter(clone_from=io.BytesIO(papers.pdf()))
        writer.encrypt(password, "owner", permissions_flag=UserAccessPermissions.PRINT, algorithm="RC4-128")
        out = io.BytesIO()
        writer.write(out)
        assert refusal("合同.pdf", out.getvalue()) == "“合同.pdf”设了密码或限制，系统无法打开检查。请去掉密码后再传。"


def signed_pdf(*, script: bool = False) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(papers.pdf()))
    signature = _named({"/Type": NameObject("/Sig"), "/ByteRange": ArrayObject(), "/Contents": TextStringObject("00")})
    fields = ArrayObject([_named({"/FT": NameObject("/Sig"), "/V": signature})])
    writer.root_object[NameObject("/AcroForm")] = _named({"/Fields": fields})
    if script:
        _add_script(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_signed_pdf_stays_as_it_is_or_is_refused() -> None:
    sent = signed_pdf()
    assert content_of(taken("电子发票.pdf", sent)) == sent
    for changed in (signed_pdf(script=True), sent + b"<html>"):
        assert "签名" in refusal("电子发票.pdf", changed)


def test_too_many_pages_are_refused() -> None:
    assert refusal("年鉴.pdf", papers.pdf(301)) == "“年鉴.pdf”有 301 页，最多 300 页。请分成几个文件再传。"


def test_a_pdf_that_swells_beyond_its_means_is_one_refused_file(monkeypatch: pytest.MonkeyPatch) -> None:
    # Each part swells a thousandfold; all together they would fill the machine.
    packed_parts = [zlib.compress(b"[" * 60_000_000 + b"]" * 60_000_000) for _part in range(4)]
    body = b"%PDF-1.7\n"
    for number, part in enumerate(packed_parts, 3):
        head = b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d" % len(part)
        body += b"%d 0 obj\n<< %s >>\nstream\n%s\nendstream\nendobj\n" % (number, head, part)
    assert re.search("打不开|过于复杂", refusal("炸弹.pdf", body + b"%%EOF"))
    APART.helper.stop()
    monkeypatch.setattr(sys, "executable", "/bin/false")
    assert "过于复杂，系统无法打开检查" in refusal("怪.pdf", papers.pdf())


# Documents
