"""What the sources of figures have in common is read once for all that is counted together."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

T = TypeVar("T")
_ANSWERS: "ContextVar[dict[Hashable, Any] | None]" = ContextVar("figures_counted_together", default=None)


@contextmanager
def counted_together() -> Iterator[None]:
    """Keep what is asked `once` until the count is done, and no longer."""
    token = _ANSWERS.set({})
    try:
        yield
    finally:
        _ANSWERS.reset(token)


def once(key: Hashable, ask: Callable[[], T]) -> T:
    """Return the answer, asked at most once in a count; outside of one it is asked each time."""
    answers = _ANSWERS.get()
    if answers is None:
        return ask()
    if key not in answers:
        answers[key] = ask()
    answer: T = answers[key]
    return answer
