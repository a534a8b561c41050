"""The strict content policy needs pages without inline code."""

import re

import pytest

from tests.architecture.test_layers import ROOT, tracked

PAGES = tracked("templates/*.html", "templates/**/*.html")
INLINE = {
    "script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>", re.IGNORECASE),
    "style sheet": re.compile(r"<style\b", re.IGNORECASE),
    "style": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "script address": re.compile(r"(href|src)\s*=\s*[\"']javascript:", re.IGNORECASE),
    "foreign address": re.compile(r"(src|href)\s*=\s*[\"'](https?:)?//", re.IGNORECASE),
}
# Paper is no web page: its engine reads styles from the document.
PAPER = ("paper", "pdf")


@pytest.mark.parametrize("kind", INLINE)
def test_templates_hold_no_inline_code(kind: str) -> None:
    pages = [path for path in PAGES if not set(PAPER) & set(path.parts) and not path.stem.endswith(PAPER)]
    assert pages
    assert [str(path.relative_to(ROOT)) for path in pages if INLINE[kind].search(path.read_text())] == []
