"""Stored uploads: only their owner, only in time, only the same bytes; expired ones go."""

import datetime as dt
import io
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from union_portal.base.errors import Refused
from union_portal.base.importing.pending import file_digest, open_pending, sealed, sweep


class Stored:
    """A stored file in memory."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.deleted = False

    def open(self, _mode: str = "rb") -> io.BytesIO:
        """Open it."""
        return io.BytesIO(self.data)

    def delete(self, *, save: bool = True) -> None:
        """Note that it was removed."""
        self.deleted = not save


def pending(**changed: Any) -> Any:
    """Return an upload of account 1."""
    facts = {
        "owner_id": 1,
        "kind": "people",
        "digest": file_digest(io.BytesIO(b"rows")),
        "expires_at": timezone.now() + dt.timedelta(hours=1),
        "file": Stored(sealed(io.BytesIO(b"rows")).read()),
        "delete": lambda: None,
    }
    return SimpleNamespace(**(facts | changed))


def test_the_owner_gets_the_same_bytes() -> None:
    assert open_pending(pending(), actor=SimpleNamespace(pk=1)).read() == b"rows"


def test_what_is_stored_shows_nothing_of_the_rows() -> None:
    assert b"rows" not in pending().file.data


@pytest.mark.parametrize(
    "changed",
    [
        {"owner_id": 2},
        {"expires_at": timezone.now() - dt.timedelta(seconds=1)},
        {"file": Stored(sealed(io.BytesIO(b"other rows")).read())},
        {"file": Stored(b"rows")},
    ],
)
def test_strangers_late_and_exchanged_files_are_refused(changed: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        open_pending(pending(**changed), actor=SimpleNamespace(pk=1))


def test_a_sweep_removes_file_and_row() -> None:
    removed: list[int] = []
    upload = pending(delete=lambda: removed.append(1))
    assert sweep([upload]) == 1
    assert upload.file.deleted
    assert removed == [1]
