"""Papers that were asked for and that the worker makes: how far it is, what came of it, why not."""

import logging
from collections.abc import Callable
from typing import Any

from django.core.files.base import ContentFile

from union_portal.base.errors import DomainError
from union_portal.base.models.papers import FAILED, PaperState

logger = logging.getLogger(__name__)

# Hears percent and what is being done.
Progress = Callable[[int, str], None]


def make(paper: Any, *, name: str, work: Callable[[Progress], tuple[bytes, int]]) -> None:
    """Make the paper and keep the file by this name; `work` returns the PDF and its pages.

    Running again after a crash does no harm. A refusal is told whoever asked; any other failure too, and is raised.
    """
    if paper.state == PaperState.DONE:
        return

    def heard(done: int, message: str) -> None:
        _tell(paper, state=PaperState.WORKING, done=done, message=message)

    try:
        content, pages = work(heard)
    except DomainError as refused:
        _tell(paper, state=PaperState.FAILED, message=str(refused))
    except Exception:
        logger.exception("%s %s could not be made", paper._meta.label, paper.pk)  # noqa: SLF001
        _tell(paper, state=PaperState.FAILED, message=FAILED)
        raise
    else:
        finish(paper, name=name, content=content, pages=pages)


def finish(paper: Any, *, name: str, content: bytes, pages: int) -> None:
    """Keep the finished file."""
    paper.file.save(name, ContentFile(content), save=False)
    paper.state, paper.done, paper.pages, paper.message = PaperState.DONE, 100, pages, PaperState.DONE.label
    paper.save(update_fields=["file", "state", "done", "pages", "message"])


def _tell(paper: Any, **told: Any) -> None:
    told["message"] = told["message"][:300]
    type(paper)._default_manager.filter(pk=paper.pk).update(**told)  # noqa: SLF001
