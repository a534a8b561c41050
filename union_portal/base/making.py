"""Papers that were asked for and that the worker makes: how far it is, what came of it, why not."""

from collections.abc import Callable
from typing import Any

from django.core.files.base import ContentFile
from procrastinate.contrib.django import app

from union_portal.base.jobs import explained
from union_portal.base.models.papers import FAILED, PaperState

# Hears percent and what is being done.
Progress = Callable[[int, str], None]


def queue(paper: Any, *, task: str) -> None:
    """Queue the job that makes the paper, in the transaction that asks for it."""
    app.configure_task(task, lock=paper.lock).defer(paper_id=paper.pk)


def make(paper: Any, *, name: str, work: Callable[[Progress], tuple[bytes, int | None]]) -> None:
    """Make the paper and keep the file by this name; `work` returns it and its pages, if it has any.

    Running again after a crash does no harm. A refusal is told whoever asked; any other failure too, and is raised.
    """
    if paper.state == PaperState.DONE:
        return

    def heard(done: int, message: str) -> None:
        _tell(paper, state=PaperState.WORKING, done=done, message=message)

    def failed(words: str) -> None:
        _tell(paper, state=PaperState.FAILED, message=words)

    with explained(key=paper.lock, failed=FAILED, tell=failed):
        content, pages = work(heard)
        finish(paper, name=name, content=content, pages=pages)


def finish(paper: Any, *, name: str, content: bytes, pages: int | None) -> None:
    """Keep the finished file."""
    paper.file.save(name, ContentFile(content), save=False)
    paper.state, paper.done, paper.pages, paper.message = PaperState.DONE, 100, pages, PaperState.DONE.label
    paper.save(update_fields=["file", "state", "done", "pages", "message"])


def _tell(paper: Any, **told: Any) -> None:
    told["message"] = told["message"][:300]
    type(paper)._default_manager.filter(pk=paper.pk).update(**told)  # noqa: SLF001
