"""Uploads that wait for confirmation: what such a row must know, who may confirm it, and their sweep.

They hold identity and card numbers as the school's lists do, so they lie on the disk encrypted with the data key.
"""

import datetime as dt
import hashlib
import io
from collections.abc import Iterable
from typing import IO, Any, Protocol

from django.core.files.base import ContentFile
from django.utils import timezone

from union_portal.base.encryption import KeyTrouble, seal, unseal
from union_portal.base.errors import Refused

LIFETIME = dt.timedelta(hours=24)
_CONTEXT = "pending upload"
_CHANGED = "保存的文件与预览时的不一致，请重新上传。"


class StoredFile(Protocol):
    """A file in Django's storage, as a FileField gives it."""

    def open(self, mode: str = "rb") -> Any:
        """Open it."""

    def delete(self, save: bool = True) -> None:
        """Remove it from the storage."""


class Pending(Protocol):
    """A stored upload: its owner, kind, digest of the bytes and when it expires."""

    owner_id: Any
    kind: str
    digest: str
    expires_at: dt.datetime
    file: Any

    def delete(self) -> Any:
        """Remove the row."""


def file_digest(file: Any) -> str:
    """Return the SHA-256 of the file's bytes and rewind it."""
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    return digest


def sealed(file: Any) -> "ContentFile[bytes]":
    """Return what is stored in the file's place: its bytes, encrypted."""
    file.seek(0)
    return ContentFile(seal(file.read(), context=_CONTEXT))


def check_pending(pending: Pending, *, actor: Any) -> None:
    """Raise `Refused` for anybody but the upload's owner, and after its time."""
    if pending.owner_id != actor.pk:
        raise Refused("这个上传文件属于别人。")
    if pending.expires_at <= timezone.now():
        raise Refused("这个上传文件已过期，请重新上传。")


def open_pending(pending: Pending, *, actor: Any) -> IO[bytes]:
    """Open an upload for its owner; raises `Refused` for anybody else, after its time, or when the bytes changed."""
    check_pending(pending, actor=actor)
    try:
        with pending.file.open("rb") as stored:
            file = io.BytesIO(unseal(stored.read(), context=_CONTEXT))
    except FileNotFoundError as gone:
        raise Refused("上传的文件已经删除，请重新上传。") from gone
    except KeyTrouble as changed:
        raise Refused(_CHANGED) from changed
    if file_digest(file) != pending.digest:
        raise Refused(_CHANGED)
    return file


def sweep(expired: Iterable[Pending]) -> int:
    """Remove uploads whose time is over, file first; returns how many. Call it from a daily task."""
    count = 0
    for pending in expired:
        pending.file.delete(save=False)
        pending.delete()
        count += 1
    return count
