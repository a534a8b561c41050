"""Taking files in, and looking at what was kept."""

import io
from typing import Any

import pillow_heif
import pytest
from PIL import Image, ImageCms

from tests.factories import papers
from union_portal.base.errors import Refused
from union_portal.base.intake.kinds import DOCUMENTS, SCANS
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
