"""The pictures inside a PDF: a JPEG keeps its pixels byte for byte and loses what its camera wrote beside them."""

# Exif and XMP, Photoshop's own, comments. What tells how to draw it (JFIF, ICC, Adobe) stays.
_TELLING = {0xE1, 0xED, 0xFE}
_PIXELS = 0xDA


def bare(content: bytes) -> bytes:
    """Return the JPEG without the segments that tell of place and camera; what is not one comes back as it is."""
    if not content.startswith(b"\xff\xd8"):
        return content
    kept, place = bytearray(content[:2]), 2
    while place + 4 <= len(content) and content[place] == 0xFF:
        kind = content[place + 1]
        if kind == _PIXELS:
            break
        end = place + 2 + int.from_bytes(content[place + 2 : place + 4], "big")
        if kind not in _TELLING:
            kept += content[place:end]
        place = end
    return bytes(kept) + content[place:]
