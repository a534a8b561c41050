"""Fonts: prepared once, the same everywhere, a school's own before the open ones."""

import shutil
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
import uharfbuzz
from fontTools.ttLib import TTFont

from union_portal.base.paper import PaperError, faces
from union_portal.base.paper.faces import FAMILIES
from union_portal.fonts import preparing
from union_portal.fonts import sources as font_sources
from union_portal.fonts.__main__ import main
from union_portal.fonts.sources import SOURCES

hb: Any = uharfbuzz  # its compiled half has no types
RARE = "堃喆昇㛃䶮𬭎"


def quiet(_line: str) -> None:
    """Say nothing."""


def opened(path: Path) -> Any:
    """Open a font as what its untyped library says it is."""
    return TTFont(path, lazy=True)


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder holding some hundred characters of each prepared face under the name of the font it came from."""
    folder = tmp_path_factory.mktemp("sources")
    prepared = {face.role: face for face in faces.load()}
    for place, source in enumerate(SOURCES):
        wish = hb.SubsetInput()
        wish.unicode_set.update({*range(0x20, 0x7F), *map(ord, RARE), *range(0x4E00 + place, 0x5000, 3)})
        few = hb.subset(hb.Face(hb.Blob.from_file_path(str(prepared[source.role].path))), wish)
        (folder / source.filename.replace(".ttc", ".otf")).write_bytes(few.blob.data)
    return folder


@pytest.fixture
def single_fonts(sources: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, ...]:
    """The search path for fonts that are no collections."""
    renamed = tuple(font_sources.Source(s.role, s.filename.replace(".ttc", ".otf"), s.package) for s in SOURCES)
    monkeypatch.setattr(preparing, "SOURCES", renamed)
    return (sources,)


def test_every_face_has_the_same_line_metrics_so_that_a_fallback_character_does_not_grow_its_line() -> None:
    lines = set()
    for face in faces.load():
        with opened(face.path) as font:
            line, system, em = font["hhea"], font["OS/2"], font["head"].unitsPerEm
        lines.add((line.ascent / em, line.descent / em, line.lineGap))
        assert (system.sTypoAscender, system.usWinAscent) == (line.ascent, line.ascent)
        assert system.usWeightClass == 400
    assert lines == {(0.88, -0.12, 0)}


def test_the_last_resort_has_all_of_gb2312_and_the_rare_names() -> None:
    st = next(face for face in faces.load() if face.role == "st")
    with opened(st.path) as font:
        has = set(font.getBestCmap())
    rows = (bytes([high, low]) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    gb2312 = {ord(text) for row in rows if (text := row.decode("gb2312", "ignore"))}
    assert len(gb2312) == 6763
    assert not gb2312 - has
    assert set(map(ord, RARE)) <= has
    assert set(range(0x4E00, 0x9FA6)) <= has


def test_preparing_twice_does_nothing_the_second_time_and_gives_the_same_bytes_anywhere(
    tmp_path: Path, single_fonts: tuple[Path, ...]
) -> None:
    first = preparing.prepare(tmp_path / "a", quiet, folders=single_fonts)
    times = {face.path: face.path.stat().st_mtime_ns for face in first}
    assert preparing.prepare(tmp_path / "a", pytest.fail, folders=single_fonts) == first
    assert {face.path: face.path.stat().st_mtime_ns for face in first} == times
    other = preparing.prepare(tmp_path / "b", quiet, folders=single_fonts)
    assert [face.sha256 for face in other] == [face.sha256 for face in first]


def test_a_damaged_file_is_prepared_again(tmp_path: Path, single_fonts: tuple[Path, ...]) -> None:
    face = preparing.prepare(tmp_path, quiet, folders=single_fonts)[0]
    whole = face.path.read_bytes()
    face.path.write_bytes(b"")
    assert preparing.prepare(tmp_path, quiet, folders=single_fonts)[0].path.read_bytes() == whole


def test_a_schools_own_font_goes_before_the_open_one(tmp_path: Path, single_fonts: tuple[Path, ...]) -> None:
    preparing.prepare(tmp_path, quiet, folders=single_fonts)
    (tmp_path / "own").mkdir()
    shutil.copy(next(face.path for face in faces.load() if face.role == "kt"), tmp_path / "own/xbs.ttf")
    prepared = {face.role: face for face in preparing.prepare(tmp_path, quiet, folders=single_fonts)}
    assert prepared["xbs"].characters == next(face for face in faces.load() if face.role == "kt").characters
    assert len(list(tmp_path.glob("xbs-*"))) == 1, "the face it replaces is swept"
    with opened(prepared["xbs"].path) as font:
        assert font["name"].getDebugName(1) == FAMILIES["xbs"]


def test_without_apt_the_missing_files_and_their_place_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(font_sources, "which", lambda _name: None)
    with pytest.raises(PaperError, match=r"FandolFang-Regular\.otf|NotoSerifCJK-Bold\.ttc"):
        preparing.prepare(tmp_path, quiet, folders=())


def test_a_failed_download_says_what_the_system_said_and_leaves_no_half_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands: list[list[str]] = []

    def failing(command: list[str], _folder: Path) -> CompletedProcess[str]:
        commands.append(command)
        return CompletedProcess(command, 100, "", "Reading\nE: Unable to locate package fonts-noto-cjk\n")

    monkeypatch.setattr(font_sources, "_run", failing)
    with pytest.raises(PaperError, match="Unable to locate package fonts-noto-cjk"):
        preparing.prepare(tmp_path, quiet, folders=())
    assert [command[-1] for command in commands] == ["fonts-noto-cjk", "update", "fonts-noto-cjk"], "lists of our own"
    assert not list(tmp_path.iterdir())


def test_the_command_says_which_fonts_are_used_and_unprepared_fonts_are_named(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    main([])
    said = capsys.readouterr().out
    assert "FandolFang" in said or "own" in said
    settings.PORTAL_FONTS_DIR = tmp_path
    with pytest.raises(PaperError, match="script/fonts"):
        faces.load()
    monkeypatch.setattr(font_sources, "which", lambda _name: None)
    monkeypatch.setattr(preparing, "SYSTEM_FOLDERS", ())
    with pytest.raises(SystemExit):
        main([])


def test_a_folder_that_cannot_be_written_is_named(settings: Any, tmp_path: Path) -> None:
    in_the_way = tmp_path / "fonts"
    in_the_way.write_text("")
    settings.PORTAL_FONTS_DIR = in_the_way
    with pytest.raises(SystemExit, match="fonts"):
        main([])
