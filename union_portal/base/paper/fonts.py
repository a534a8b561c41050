"""Preparing the fonts once: one face each, Chinese only, no layout tables, equal line metrics, a name of our own."""

import io
import json
import struct
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import uharfbuzz
from fontTools.ttLib import TTFont
from fontTools.ttLib.ttCollection import TTCollection as UntypedCollection

from union_portal.base.paper.faces import FAMILIES, MANIFEST, PreparedFace, digest, load
from union_portal.base.paper.font_sources import SOURCES, SYSTEM_FOLDERS, Say, Source, fetch_package, find_on_system
from union_portal.base.paper.types import PaperError

TTCollection: Any = UntypedCollection
hb: Any = uharfbuzz  # its compiled half has no types
RECIPE = 1  # raise when the outcome of preparing changes
RARE_NAMES = "堃喆昇㛃䶮𬭎"
ASCENT = 0.88  # of the em, the same in every face: a fallback glyph must not make its line taller
DROPPED_TABLES = "BASE DSIG FFTM GDEF GPOS GSUB JSTF STAT VORG feat kern morx vhea vmtx"
# Latin, punctuation, symbols, then all Chinese the font has: names may hold any character of 通用规范汉字表 and beyond.
KEPT_RANGES = (
    (0x20, 0x7E), (0xA0, 0x17F), (0x2000, 0x206F), (0x20A0, 0x2BFF), (0x3000, 0x33FF), (0xFE10, 0xFE4F),
    (0xFF00, 0xFFEF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF),
)  # fmt: skip


def prepare(
    directory: Path, say: Say, *, folders: tuple[Path, ...] | None = None, force: bool = False
) -> tuple[PreparedFace, ...]:
    """Make the six font files in `directory` and return them; quick when nothing has changed.

    A school's licensed font in `directory/own/<role>.ttf` (xbs, fs, ht, kt, ktl, st) goes before the open one; open
    fonts are looked for in `directory/source`, on the system, and else taken from their Debian package.
    """
    directory.mkdir(parents=True, exist_ok=True)
    own = {role: path for role in FAMILIES for path in sorted((directory / "own").glob(f"{role}.[ot]t[fc]"))[:1]}
    wanted = {"recipe": RECIPE, "own": {role: digest(path) for role, path in own.items()}}
    if not force and (ready := _ready(directory, wanted)):
        return ready
    with TemporaryDirectory(prefix="prepare-", dir=directory) as work:
        sources = tuple(source for source in SOURCES if source.role not in own)
        files = _collect(
            sources, (directory / "source", *(SYSTEM_FOLDERS if folders is None else folders)), Path(work), say
        )
        rows = {}
        for role in FAMILIES:
            source = own.get(role) or files[next(s.filename for s in SOURCES if s.role == role)]
            face = "" if role in own else next(s.face for s in SOURCES if s.role == role)
            rows[role] = _prepare_one(role, source, face, Path(work))
            say("{source}：{count} 字".format(source=rows[role]["source"], count=rows[role]["characters"]))
    temporary = directory / f"{MANIFEST}.new"
    temporary.write_text(json.dumps(wanted | {"faces": rows}, ensure_ascii=False, indent=1), encoding="utf-8")
    temporary.replace(directory / MANIFEST)
    faces = load(directory)
    for path in directory.glob("*-????????.[ot]tf"):
        if path not in {face.path for face in faces}:
            path.unlink()
    return faces


def _ready(directory: Path, wanted: dict[str, object]) -> tuple[PreparedFace, ...]:
    try:
        manifest = json.loads((directory / MANIFEST).read_text(encoding="utf-8"))
        faces = load(directory)
    except (OSError, ValueError, PaperError):
        return ()
    same = {key: manifest.get(key) for key in wanted} == wanted
    return faces if same and all(digest(face.path) == face.sha256 for face in faces) else ()


def _collect(sources: tuple[Source, ...], folders: tuple[Path, ...], work: Path, say: Say) -> dict[str, Path]:
    files = find_on_system(folders, [source.filename for source in sources])
    for package in dict.fromkeys(source.package for source in sources if source.filename not in files):
        names = [source.filename for source in sources if source.package == package]
        files |= fetch_package(package, names, work, say)
    if missing := [source.filename for source in sources if source.filename not in files]:
        raise PaperError("未找到以下字体文件：{files}".format(files="、".join(missing)))
    return files


def _prepare_one(role: str, source: Path, face: str, work: Path) -> dict[str, str | int]:
    index = _face_index(source, face)
    content, name, characters = _rename(_subset(source, index), FAMILIES[role])
    if role == "st" and (missing := set(RARE_NAMES) - set(map(chr, characters))):
        raise PaperError(
            "{font} 缺少“{characters}”，作为后备字体必须包含这些字。".format(
                font=source.name, characters="".join(sorted(missing))
            ),
        )
    suffix = "otf" if content[:4] == b"OTTO" else "ttf"
    draft = work / role
    draft.write_bytes(content)
    sha256 = digest(draft)
    path = work.parent / f"{role}-{sha256[:8]}.{suffix}"
    draft.replace(path)
    return {"file": path.name, "source": name, "sha256": sha256, "characters": len(characters)}


def _face_index(source: Path, face: str) -> int:
    """Return the place of a face in a collection (0 for a single font)."""
    if source.suffix != ".ttc":
        return 0
    with TTCollection(str(source), lazy=True) as collection:
        names = [font["name"].getDebugName(1) or "" for font in collection.fonts]
    return next((place for place, name in enumerate(names) if not face or name.startswith(face)), 0)


def _subset(source: Path, index: int) -> bytes:
    """Keep the Chinese face's characters, glyphs numbered anew without gaps."""
    wish = hb.SubsetInput()
    wish.flags = hb.SubsetFlags.DESUBROUTINIZE | hb.SubsetFlags.NOTDEF_OUTLINE | hb.SubsetFlags.NO_HINTING
    for first, last in KEPT_RANGES:
        wish.unicode_set.add_range(first, last)
    wish.layout_feature_tag_set.clear()
    wish.drop_table_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in DROPPED_TABLES.split())
    font = hb.subset(hb.Face(hb.Blob.from_file_path(str(source)), index), wish)
    return bytes(font.blob.data)


def _number_by_glyph(content: bytes, font: Any) -> bytes:
    """Make CIDs equal glyph numbers in a CID-keyed CFF font, because a PDF written by glyph number is read by CID.

    The table says which CID each glyph has; one range over all of them is shorter than what stood there.
    """
    if "CFF " not in font or "ROS" not in (top := font["CFF "].cff.topDictIndex[0].rawDict):
        return content
    place = font.reader.tables["CFF "].offset + top["charset"]
    one_range = struct.pack(">BHH", 2, 1, font["maxp"].numGlyphs - 2)
    return content[:place] + one_range + content[place + len(one_range) :]


def _rename(content: bytes, family: str) -> tuple[bytes, str, list[int]]:
    """Give the font our own name (its licence asks for that), regular weight and the common line metrics."""
    content = _number_by_glyph(content, TTFont(io.BytesIO(content), lazy=True))
    font: Any = TTFont(io.BytesIO(content), lazy=True, recalcTimestamp=False, recalcBBoxes=False)
    names = font["name"]
    source = names.getBestFullName() or names.getDebugName(4) or family
    names.names = [record for record in names.names if record.nameID in {0, 5, 13, 14}]
    for number, text in ((1, family), (2, "Regular"), (3, f"{family} prepared"), (4, family), (6, family)):
        names.setName(text, number, 3, 1, 0x409)
    metrics, line, head = font["OS/2"], font["hhea"], font["head"]
    metrics.usWeightClass, metrics.usWidthClass, metrics.fsType = 400, 5, 0
    metrics.fsSelection = (metrics.fsSelection & ~0x21) | 0x40
    head.macStyle = 0
    ascent = round(ASCENT * head.unitsPerEm)
    descent = head.unitsPerEm - ascent
    line.ascent, line.descent, line.lineGap = ascent, -descent, 0
    metrics.sTypoAscender, metrics.sTypoDescender, metrics.sTypoLineGap = ascent, -descent, 0
    metrics.usWinAscent, metrics.usWinDescent = ascent, descent
    out = io.BytesIO()
    font.save(out, reorderTables=None)
    return out.getvalue(), source, sorted(font.getBestCmap())
