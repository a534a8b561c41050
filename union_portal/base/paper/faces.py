"""The prepared faces: which roles exist and where their files lie."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from union_portal.base.paper.types import PaperError

MANIFEST = "fonts.json"
# 小标宋 titles, 仿宋 body, 黑体 and 楷体 headings, 楷体 light (what 仿宋 lacks), 宋体 digits and last resort.
FAMILIES = {
    "xbs": "Paper-XBS",
    "fs": "Paper-FS",
    "ht": "Paper-HT",
    "kt": "Paper-KT",
    "ktl": "Paper-KTL",
    "st": "Paper-ST",
}


@dataclass(frozen=True)
class PreparedFace:
    """One font file ready for use; `source` names the font it was made from."""

    role: str
    path: Path
    source: str
    sha256: str
    characters: int

    @property
    def family(self) -> str:
        """The family name that stylesheets use."""
        return FAMILIES[self.role]


def fonts_dir() -> Path:
    """Where the prepared fonts live."""
    return Path(settings.PORTAL_FONTS_DIR)


def load(directory: Path | None = None) -> tuple[PreparedFace, ...]:
    """Return the prepared faces in a fixed order; raises PaperError when they have not been prepared."""
    directory = directory or fonts_dir()
    try:
        manifest = json.loads((directory / MANIFEST).read_text(encoding="utf-8"))
        faces = tuple(
            PreparedFace(role, directory / row["file"], row["source"], row["sha256"], row["characters"])
            for role, row in ((role, manifest["faces"][role]) for role in FAMILIES)
        )
    except (OSError, ValueError, KeyError) as error:
        raise PaperError(
            "打印字体尚未准备，请先运行一次 manage.py prepare_fonts。",
        ) from error
    if not all(face.path.is_file() for face in faces):
        raise PaperError("打印字体不完整，请重新运行 manage.py prepare_fonts。")
    return faces


def font_face_css(faces: tuple[PreparedFace, ...]) -> str:
    """Return the @font-face rules of the prepared faces."""
    return "".join(
        f"@font-face{{font-family:{face.family};src:url({face.path.as_uri()});font-weight:400}}\n" for face in faces
    )


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
