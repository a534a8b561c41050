"""A guide as a page: its Markdown, without HTML of its own."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from union_portal.home.guides.enums import Guide

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


def file_of(guide: Guide) -> Path:
    """Return where the guide is written."""
    return Path(settings.BASE_DIR) / "docs" / "zh" / f"{guide.key}.md"


@cache
def laid_out(guide: Guide) -> SafeString:
    """Return the guide as HTML; read once, for it changes with a release only."""
    return mark_safe(str(_MARKDOWN.render(file_of(guide).read_text(encoding="utf-8"))))
