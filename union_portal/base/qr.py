"""QR codes on paper and on pages."""

import base64
import io
from typing import Any

from PIL import Image
from qrcode.constants import ERROR_CORRECT_L
from qrcode.image.svg import SvgPathImage
from qrcode.main import QRCode, make


def qr_image(text: str) -> str:
    """Return the QR code of a text as the address of a picture that needs no file (`data:`)."""
    made = io.BytesIO()
    make(text, image_factory=SvgPathImage, border=2).save(made)  # type: ignore[no-untyped-call]
    return f"data:image/svg+xml;base64,{base64.b64encode(made.getvalue()).decode()}"


def qr_dots(text: str) -> str:
    """Return the QR code as a picture of one pixel a dot, for small print: largest dots, no border of its own."""
    code: QRCode[Any] = QRCode(error_correction=ERROR_CORRECT_L, box_size=1, border=0)
    code.add_data(text)  # type: ignore[no-untyped-call]
    dots = code.get_matrix()  # type: ignore[no-untyped-call]
    picture = Image.new("1", (len(dots), len(dots)), 1)
    picture.putdata([0 if dark else 1 for line in dots for dark in line])
    made = io.BytesIO()
    picture.save(made, "PNG")
    return f"data:image/png;base64,{base64.b64encode(made.getvalue()).decode()}"
