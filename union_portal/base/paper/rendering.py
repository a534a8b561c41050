"""HTML to PDF with WeasyPrint: one font configuration per process, one document at a time."""

import gc
import io
import logging
import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import RLock
from typing import Any

import weasyprint
from django.contrib.staticfiles import finders
from weasyprint.logger import PROGRESS_LOGGER
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from union_portal.base.paper import checking, faces, hooks
from union_portal.base.paper.hooks import identifier
from union_portal.base.paper.types import Attachment, PaperError, PaperResult, Stylesheet

Progress = Callable[[float, str], None]
# A line break in the source between two Chinese characters is no space (CSS Text 3, which WeasyPrint does not follow).
_BREAK_IN_CHINESE = re.compile(r"(?<=[\u2e80-\u9fff\uff00-\uff60])[ \t]*\n\s*(?=[\u2e80-\u9fff\uff00-\uff60])")
_STEPS: dict[str, tuple[float, str]] = {
    "1": (0.02, "正在读取文稿"),
    "2": (0.05, "正在读取版式"),
    "3": (0.10, "正在套用版式"),
    "4": (0.20, "正在排字"),
    "5": (0.30, "正在分页"),
    "6": (0.65, "正在绘制页面"),
    "7": (0.90, "正在嵌入字体"),
}
_lock = RLock()
_configurations: dict[tuple[str, ...], FontConfiguration] = {}
hooks.install()


def _forget_after_fork() -> None:
    """A child process must not delete its parent's font folder nor share the parent's lock."""
    global _lock  # noqa: PLW0603 - the fork copies a lock that nobody in the child can release
    _lock = RLock()
    for configuration in _configurations.values():
        configuration._folder = None  # noqa: SLF001 - the folder belongs to the parent
    _configurations.clear()


os.register_at_fork(after_in_child=_forget_after_fork)


def render(
    html: str,
    *,
    title: str,
    created: datetime,
    stylesheet: Stylesheet,
    language: str,
    attachments: Sequence[Attachment],
    progress: Progress | None,
    archival: bool,
) -> PaperResult:
    """See `union_portal.base.paper.render`. The engine's font code is not thread-safe, hence the lock."""
    if created.tzinfo is None:
        raise PaperError("文件日期缺少时区。")
    prepared = faces.load()
    with _lock, _reported(progress), _nothing_old_searched_for_garbage():
        fonts = _configuration(prepared)
        content = weasyprint.HTML(
            string=_BREAK_IN_CHINESE.sub("", html),
            base_url=None,
            url_fetcher=URLFetcher(allowed_protocols=["data"]),
        )
        options = {"pdf_variant": "pdf/a-3a"} if archival else {}
        document = content.render(font_config=fonts, stylesheets=[_css(stylesheet, prepared, fonts)], **options)
        metadata = document.metadata
        metadata.title, metadata.lang = title, language
        metadata.created = metadata.modified = created.isoformat(timespec="seconds")
        if archival:
            identifier.declare_accessible(metadata)
        families: set[str] = set()
        drawn: list[checking.Glyphs] = []

        def finish(_document: Any, file: Any) -> None:
            families.update(_families(file))
            drawn.append(checking.Glyphs(file))

        pdf = document.write_pdf(
            attachments=[_attachment(item) for item in attachments],
            finisher=finish,
            **options,
        )
    checking.refuse_without_shape(drawn[0].without_shape(), html=html)
    if progress:
        progress(1.0, "已完成")
    names = {face.family: face.source for face in prepared}
    return PaperResult(
        pdf=bytes(pdf),
        pages=len(document.pages),
        fonts=tuple(sorted({names.get(name, name) for name in families})),
        characters=drawn[0].characters(),
    )


def _configuration(prepared: tuple[faces.PreparedFace, ...]) -> FontConfiguration:
    key = tuple(str(face.path) for face in prepared)
    if key not in _configurations:
        _configurations.clear()
        _configurations[key] = FontConfiguration()
    return _configurations[key]


def _css(stylesheet: Stylesheet, prepared: tuple[faces.PreparedFace, ...], fonts: FontConfiguration) -> weasyprint.CSS:
    found = finders.find(f"paper/{stylesheet}.css")
    if not isinstance(found, str):
        raise PaperError(f"没有名为“{stylesheet}”的版式。")
    return weasyprint.CSS(
        string=faces.font_face_css(prepared) + Path(found).read_text(encoding="utf-8"),
        font_config=fonts,
        url_fetcher=URLFetcher(allowed_protocols=["file"]),
    )


def _attachment(item: Attachment) -> Any:
    if not item.name.isascii():
        raise PaperError(f"附件“{item.name}”的文件名只能使用英文字母、数字和符号。")
    return weasyprint.Attachment(
        file_obj=io.BytesIO(item.content),
        name=item.name,
        description=item.description,
        created=item.modified,
        modified=item.modified,
        relationship=item.relationship,
    )


def _families(file: Any) -> Iterator[str]:
    """Return the families of the embedded fonts."""
    for thing in file.objects:
        if isinstance(thing, dict) and thing.get("Type") == "/FontDescriptor":
            yield str(thing["FontFamily"].string)


class _Steps(logging.Handler):
    """Turns the engine's own progress lines into ours."""

    def __init__(self, progress: Progress) -> None:
        super().__init__(logging.INFO)
        self.progress = progress
        self.done = 0.0

    def emit(self, record: logging.LogRecord) -> None:
        step = re.match(r"Step (\d)", record.getMessage())
        if step and (known := _STEPS.get(step[1])) and known[0] >= self.done:
            self.done = known[0]
            self.progress(known[0], str(known[1]))


@contextmanager
def _nothing_old_searched_for_garbage() -> Iterator[None]:
    """Setting makes so many objects that the collector would walk the whole loaded portal several times over."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


@contextmanager
def _reported(progress: Progress | None) -> Iterator[None]:
    if progress is None:
        yield
        return
    handler, level = _Steps(progress), PROGRESS_LOGGER.level
    PROGRESS_LOGGER.addHandler(handler)
    PROGRESS_LOGGER.setLevel(logging.INFO)
    try:
        yield
    finally:
        PROGRESS_LOGGER.removeHandler(handler)
        PROGRESS_LOGGER.setLevel(level)
