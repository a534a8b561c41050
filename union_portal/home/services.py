"""Keeping an upload, looking at what it would do, confirming it once, throwing it away."""

from typing import IO, Any

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from union_portal.accounts.models import User
from union_portal.base.errors import Refused
from union_portal.base.importing.kinds import kind as kind_of
from union_portal.base.importing.pending import LIFETIME, file_digest, open_pending, sweep
from union_portal.base.importing.preview import ImportPreview, ImportRefused, RegisterMoved
from union_portal.home.models import PendingImport


def keep_upload(*, owner: User, kind: str, file: "File[Any]", name: str) -> PendingImport:
    """Preview an upload and keep it for confirmation; a file that is no such table is refused and not kept."""
    stream: Any = file
    digest = file_digest(stream)
    preview = kind_of(kind)(actor=owner).preview(stream)
    stream.seek(0)
    pending = PendingImport(owner=owner, kind=kind, file_name=name[-200:], digest=digest)
    pending.expires_at = timezone.now() + LIFETIME
    _note(pending, preview)
    pending.file.save(name, file, save=False)
    pending.save()
    return pending


def look(*, pending: PendingImport, actor: User) -> ImportPreview:
    """Say what the upload would do now, and remember that this was shown."""
    with open_pending(pending, actor=actor) as file:
        preview = kind_of(pending.kind)(actor=actor).preview(file)
    _note(pending, preview)
    pending.save(update_fields=["counts", "fingerprint"])
    return preview


@transaction.atomic
def confirm_upload(*, pending: PendingImport, actor: User) -> bool:
    """Save the whole upload or nothing; returns False when it was saved before (a second press of the button).

    Raises `RegisterMoved` when rows would now come out otherwise than shown, `ImportRefused` when a cell is faulty.
    """
    current: PendingImport = PendingImport.objects.select_for_update(of=("self",)).get(pk=pending.pk)
    if current.owner_id != actor.pk:
        raise Refused(_("This upload belongs to somebody else."))
    if current.confirmed_at is not None:
        return False
    with open_pending(current, actor=actor) as file:
        done = kind_of(current.kind)(actor=actor).confirm(file, expected=current.fingerprint)
    _note(current, done)
    current.confirmed_at = timezone.now()
    current.save(update_fields=["counts", "fingerprint", "confirmed_at"])
    return True


def open_upload(*, pending: PendingImport, actor: User) -> IO[bytes]:
    """Open the stored file for its owner."""
    return open_pending(pending, actor=actor)


def discard_upload(*, pending: PendingImport) -> None:
    """Throw an upload away."""
    sweep([pending])


def sweep_uploads() -> int:
    """Remove uploads whose time is over; returns how many."""
    return sweep(PendingImport.objects.over(now=timezone.now()))


def _note(pending: PendingImport, preview: ImportPreview) -> None:
    pending.counts = {str(status): count for status, count in preview.counts.items()}
    pending.counts["leavers"] = len(preview.leavers)
    pending.fingerprint = preview.fingerprint


__all__ = [
    "ImportRefused",
    "RegisterMoved",
    "confirm_upload",
    "discard_upload",
    "keep_upload",
    "look",
    "open_upload",
    "sweep_uploads",
]
