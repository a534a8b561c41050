"""What is taken in, what is left of it, and what is refused in which words."""

import hashlib
import io
import re
import struct
import sys
import zipfile
import zlib
from typing import Any

import pillow_heif
import pytest
from PIL import Image, ImageCms
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Link
from pypdf.constants import UserAccessPermissions
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, StreamObject, TextStringObject

from tests.factories import papers
from union_portal.base.errors import Refused
from union_portal.base.intake import taking
from union_portal.base.intake.kinds import DOCUMENTS, PICTURES, SCANS, FileKind
from union_portal.base.intake.taking import Taken, take

SECRETS = (b"GPS", b"Exif", b"iPhone", b"http://ns.adobe.com/xap", b"<html", b"<script", b"/Producer")


def taken(name: str, content: bytes, accepts: Any = DOCUMENTS) -> Taken:
    return take(papers.sent(name, content), accepts=accepts)


def refusal(name: str, content: bytes, accepts: Any = SCANS) -> str:
    with pytest.raises(Refused) as refused:
        taken(name, content, accepts)
    return str(refused.value)


def drawn(file: Taken) -> Image.Image:
    return Image.open(io.BytesIO(content_of(file)))


def content_of(file: Taken) -> bytes:
    file.seek(0)
    content: bytes = file.read()
    return content


def photo(form: str, *, size: tuple[int, int] = (400, 300)) -> bytes:
    """Return what a telephone held upright sends: lying, red at the right, with the place it was taken at."""
    lying = Image.new("RGB", size, "blue")
    lying.paste("red", (size[0] // 2, 0, *size))
    exif = Image.Exif()
    exif[0x0112], exif[0x0110] = 6, "iPhone 15"
    exif.get_ifd(0x8825)[2] = (39.0, 54.0, 20.0)
    out = io.BytesIO()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    if form == "HEIF":
        pillow_heif.from_pillow(lying).save(out, exif=exif.tobytes())
    else:
        lying.save(out, form, exif=exif, icc_profile=profile, xmp=b"<x:xmpmeta>http://ns.adobe.com/xap</x:xmpmeta>")
    return out.getvalue()


# Pictures


@pytest.mark.parametrize(
    ("name", "form", "called"),
    [
        ("照片.jpg", "JPEG", "照片.jpg"),
        ("照片.PNG", "PNG", "照片.PNG"),
        ("IMG_0001.HEIC", "HEIF", "IMG_0001.jpg"),
        # An ending that says something else is corrected.
        ("照片.png", "JPEG", "照片.jpg"),
        ("blob", "JPEG", "blob.jpg"),
    ],
)
def test_a_photograph_is_set_upright_and_tells_nothing_of_place_and_camera(name: str, form: str, called: str) -> None:
    file = taken(name, photo(form), SCANS)
    picture = drawn(file)
    assert file.name == called
    assert picture.size == (300, 400)
    red, _green, blue = picture.convert("RGB").getpixel((150, 390))  # type: ignore[misc]
    assert (red > 200, blue < 60) == (True, True)
    assert not picture.getexif()
    assert not {"exif", "xmp", "icc_profile"} & set(picture.info)
    assert not [secret for secret in SECRETS if secret in content_of(file)]


def test_a_large_picture_is_kept_at_a_sane_size() -> None:
    noise = Image.effect_noise((4000, 3000), 60).convert("RGB")
    out = io.BytesIO()
    noise.save(out, "JPEG", quality=95)
    file = taken("现场.jpg", out.getvalue())
    assert drawn(file).size == (3000, 2250)
    assert file.size < len(out.getvalue()) / 2


def test_a_photograph_sent_as_png_becomes_a_jpeg_and_a_stamp_keeps_its_transparent_ground() -> None:
    noise, stamp = io.BytesIO(), io.BytesIO()
    Image.effect_noise((1400, 1400), 60).convert("RGB").save(noise, "PNG")
    Image.new("RGBA", (60, 60), (255, 0, 0, 0)).save(stamp, "PNG")
    assert taken("拍照.png", noise.getvalue()).name == "拍照.jpg"
    kept = taken("印章.png", stamp.getvalue())
    assert (kept.kind, drawn(kept).mode) == (FileKind.PNG, "RGBA")


def test_a_bomb_is_told_by_its_head_and_never_unpacked() -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 20_000, 20_000, 8, 2, 0, 0, 0))
    bomb = b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    assert refusal("炸弹.png", bomb) == "“炸弹.png”的像素过多，最多 72 百万像素。请降低分辨率后再传。"


def test_a_picture_that_is_more_than_one_thing_is_only_the_picture_afterwards() -> None:
    both = papers.picture() + b"<html><script>alert(1)</script>PK\x03\x04"
    assert not [secret for secret in SECRETS if secret in content_of(taken("a.jpg", both))]


# PDF


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
    monkeypatch.setattr(sys, "executable", "/bin/false")
    assert "过于复杂，系统无法打开检查" in refusal("怪.pdf", papers.pdf())


# Documents


def packed(*parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in parts:
            archive.writestr(part, "<x/>")
    return out.getvalue()


def test_documents_come_in_where_they_are_wanted() -> None:
    word = packed("[Content_Types].xml", "word/document.xml")
    assert content_of(taken("办法.docx", word)) == word
    assert taken("办法.zip", word).name == "办法.docx"
    assert taken("发票.ofd", packed("OFD.xml")).kind == FileKind.OFD
    assert "PDF 或图片" in refusal("办法.docx", word, SCANS)
    assert "宏" in refusal("办法.docm", packed("word/document.xml", "word/vbaProject.bin"), DOCUMENTS)
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le")
    assert (taken("旧.doc", old).name, taken("旧.wps", old).name, taken("旧", old).name) == (
        "旧.doc",
        "旧.wps",
        "旧.doc",
    )
    assert "宏" in refusal("旧.doc", old + "_VBA_PROJECT".encode("utf-16-le"), DOCUMENTS)


def test_a_packed_bomb_is_told_by_its_list(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(320 * 1024 * 1024))
    assert "展开后过大" in refusal("大.docx", out.getvalue(), DOCUMENTS)


# What is no paper at all


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jpg", b"MZ\x90 program"),
        ("a.pdf", b"<html><script>alert(1)</script>"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("a.docx", packed("a/b.txt")),
        ("a.png", b"GIF89a"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 some other"),
    ],
)
def test_what_is_something_else_than_it_says_is_refused(name: str, content: bytes) -> None:
    assert refusal(name, content, DOCUMENTS).startswith(f"“{name}”不是能收取的文件。请上传 PDF、图片或文档")


@pytest.mark.parametrize("content", [papers.picture()[:200], b"\x89PNG\r\n\x1a\n broken", b"%PDF-1.7 and no more"])
def test_what_is_broken_is_refused(content: bytes) -> None:
    assert "打不开，文件可能不完整" in refusal("坏.pdf", content)


def test_an_empty_file_and_a_heavy_one_are_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    assert refusal("空.pdf", b"") == "“空.pdf”是空文件（0 字节）。请检查后重新选择。"
    heavy = papers.pdf() + bytes(31 * taking.MEGABYTE)
    assert refusal("扫描.pdf", heavy) == "“扫描.pdf”有 32 MB，最多 20 MB，请压缩后再传。"
    assert "图片（JPG、PNG、HEIC）" in refusal("扫描.pdf", papers.pdf(), PICTURES)


@pytest.mark.parametrize(
    ("sent", "called"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\文件\\请示.pdf", "请示.pdf"),
        ("发票\u202efdp.exe", "发票fdp.pdf"),
        ('a"<b>\r\n.pdf', "a__b_.pdf"),
        (".pdf", "pdf.pdf"),
        ("长" * 300 + ".pdf", "长" * 116 + ".pdf"),
    ],
)
def test_a_name_is_only_a_name(sent: str, called: str) -> None:
    file = papers.sent("x.pdf")
    assert take(file, name=sent).name == called


def test_the_digest_is_that_of_what_is_kept() -> None:
    file = taken("a.jpg", photo("JPEG"))
    assert file.digest == hashlib.sha256(content_of(file)).hexdigest()
    assert take(file) is file
