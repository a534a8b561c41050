"""Pictures: bounded before they are unpacked, set upright, drawn anew without anything but the picture."""

import io
from contextlib import suppress

import pillow_heif
from PIL import Image, ImageCms, ImageOps

from union_portal.base.errors import Refused
from union_portal.base.intake.kinds import HEIC, FileKind

# An A3 page at 600 dpi, or a telephone's 64-megapixel picture.
MOST_PIXELS = 72_000_000
# What a kept picture measures at most along its longer side: an A4 page at 250 dpi.
LONGEST_SIDE = 3000
# A picture is packed harder until it weighs no more than this, or until words would blur.
AIMED_BYTES = 1_000_000
QUALITIES = (88, 80, 72, 64)
_FORMATS = {FileKind.JPEG: "JPEG", FileKind.PNG: "PNG"}


def redrawn(content: bytes, *, kind: FileKind | str) -> tuple[bytes, FileKind]:
    """Return the picture upright, of a sane size and without metadata, and which kind it is now.

    Raises Refused, in a sentence that follows the file's name, for too many pixels or a broken file.
    """
    try:
        picture = _opened(content, kind)
        drawn = _plain(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large() from error
    except (Refused, MemoryError):
        raise
    except Exception as error:  # a broken picture fails in any of its decoder's ways
        raise Refused("打不开，文件可能不完整。请重新拍照或扫描后再传。") from error
    if kind == FileKind.PNG:
        kept = _packed(drawn, "PNG", optimize=True)
        if len(kept) <= AIMED_BYTES:
            return kept, FileKind.PNG
    return _as_jpeg(drawn), FileKind.JPEG


def thumbnail(content: bytes) -> bytes:
    """Return a small JPEG of a clean picture, for the page that shows what was chosen."""
    picture = Image.open(io.BytesIO(content))
    picture.draft("RGB", (192, 192))
    picture.thumbnail((192, 192))
    return _packed(_on_white(picture), "JPEG", quality=70)


def _opened(content: bytes, kind: FileKind | str) -> Image.Image:
    """Return the picture, its pixels counted before any is unpacked."""
    if kind == HEIC:
        found = pillow_heif.open_heif(io.BytesIO(content), convert_hdr_to_8bit=True)
        _bounded(found.size)
        picture: Image.Image = found.to_pillow()
        return picture
    picture = Image.open(io.BytesIO(content), formats=[_FORMATS[FileKind(kind)]])
    _bounded(picture.size)
    # A JPEG is unpacked at a half or a quarter where that is enough.
    picture.draft(None, (LONGEST_SIDE, LONGEST_SIDE))
    picture.load()
    return picture


def _bounded(size: tuple[int, int]) -> None:
    if size[0] * size[1] > MOST_PIXELS:
        raise _too_large()


def _too_large() -> Refused:
    return Refused(f"的像素过多，最多 {MOST_PIXELS // 1_000_000} 百万像素。请降低分辨率后再传。")


def _plain(picture: Image.Image) -> Image.Image:
    """Return a new picture of the pixels alone: upright, shrunk, in the colours of every screen."""
    upright = ImageOps.exif_transpose(picture)
    profile = upright.info.get("icc_profile")
    if upright.mode not in {"1", "L", "RGB", "RGBA"}:
        upright = upright.convert("RGBA" if "transparency" in upright.info or upright.mode[-1:] in "Aa" else "RGB")
    elif profile and upright.mode == "RGB":
        with suppress(ImageCms.PyCMSError, OSError, ValueError):  # a broken profile only shifts a tint
            target = ImageCms.createProfile("sRGB")
            upright = ImageCms.profileToProfile(upright, io.BytesIO(profile), target) or upright
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS, reducing_gap=3.0)
    bare = Image.new(upright.mode, upright.size)
    bare.paste(upright)
    return bare


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode in {"L", "RGB"}:
        return picture
    if picture.mode == "1":
        return picture.convert("L")
    over = picture.convert("RGBA")
    ground = Image.new("RGB", over.size, "white")
    ground.paste(over, mask=over.getchannel("A"))
    return ground


def _as_jpeg(picture: Image.Image) -> bytes:
    opaque, kept = _on_white(picture), b""
    for quality in QUALITIES:
        kept = _packed(opaque, "JPEG", quality=quality, optimize=True, progressive=True)
        if len(kept) <= AIMED_BYTES:
            break
    return kept


def _packed(picture: Image.Image, form: str, **options: int | bool) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()
