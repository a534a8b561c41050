"""What is taken in, what is left of it, and what is refused in which words."""

import hashlib
import io
import struct
import zipfile
import zlib

import pytest
from PIL import Image

from tests.base.intake.takes import SECRETS, content_of, drawn, photo, refusal, taken
from tests.factories import papers
from union_portal.base.intake import taking
from union_portal.base.intake.kinds import DOCUMENTS, PICTURES, SCANS, FileKind
from union_portal.base.intake.taking import take

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
