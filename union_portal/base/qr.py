"""QR codes on paper and on pages."""

import base64
import io

from qrcode.image.svg import SvgPathImage
from qrcode.main import make


def qr_image(text: str) -> str:
    """Return the QR code of a text as the address of a picture that needs no file (`data:`)."""
    made = io.BytesIO()
    make(text, image_factory=SvgPathImage, border=2).save(made)  # type: ignore[no-untyped-call]
    return f"data:image/svg+xml;base64,{base64.b64encode(made.getvalue()).decode()}"
