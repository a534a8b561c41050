"""Paper: one call from HTML to an archival, accessible, byte-stable PDF in official Chinese layout.

The engine is imported on first use, because loading it takes most of a second.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from union_portal.base.paper import checking
from union_portal.base.paper.types import Attachment, PaperError, PaperResult, Stylesheet

__all__ = ["Attachment", "PaperError", "PaperResult", "Progress", "Stylesheet", "check_text", "render"]
# Hears the share done (0 to 1) and what is being done.
Progress = Callable[[float, str], None]


def render(
    html: str,
    *,
    title: str,
    created: datetime,
    stylesheet: Stylesheet,
    language: str = "zh-Hans-CN",
    attachments: Sequence[Attachment] = (),
    progress: Progress | None = None,
    archival: bool = True,
) -> PaperResult:
    """Lay out `html` and return the PDF; the same input gives the same bytes.

    `created` is written into the file instead of the clock. `archival` makes it PDF/A-3a and PDF/UA-1 at once.
    `progress` is told the share done (0 to 1) and a sentence. Nothing but `data:` addresses is fetched for the content.
    Raises PaperError when fonts are not prepared, `created` has no time zone or a character has no shape in any font.
    """
    from union_portal.base.paper import rendering  # noqa: PLC0415 - loading the engine is slow

    return rendering.render(
        html,
        title=title,
        created=created,
        stylesheet=stylesheet,
        language=language,
        attachments=attachments,
        progress=progress,
        archival=archival,
    )


def check_text(result: PaperResult, expected_text: str) -> None:
    """Raise PaperError unless every Chinese character of `expected_text` is in the PDF's text, as often."""
    checking.check_text(result, expected_text)
