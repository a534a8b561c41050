"""Keeping a clean file: under a random name in Django's storage, and a row that says what it was called."""

import uuid
from typing import Any

from django.core.files.storage import default_storage

from union_portal.base.intake.kinds import FileKind
from union_portal.base.intake.taking import Taken
from union_portal.base.models.kept import KeptPaper

FOLDER = "papers"


def new_place(kind: FileKind) -> str:
    """Return a place in the storage that nobody can guess and that says nothing but the kind."""
    name = uuid.uuid4().hex
    return f"{FOLDER}/{name[:2]}/{name}.{kind}"


def keep(file: Taken, *, storage: Any = default_storage) -> KeptPaper:
    """Store the file, once; returns its row. What comes to nothing afterwards is found by the sweep."""
    if not file.place:
        file.seek(0)
        file.place = storage.save(new_place(file.kind), file)
    # A step that was refused after all has taken its row back; the file lies there still.
    told = {"name": str(file.name), "kind": file.kind, "size": file.size, "digest": file.digest}
    return KeptPaper.objects.get_or_create(place=file.place, defaults=told)[0]
