"""Removing files that no record holds: replaced, taken back, left over by a form that was never sent or by a kill.

Papers that people sent have rows that say since when nobody holds them; of every other file only its own age is known.

By age, never at once: a backup writes the database first and the files last, and whatever the one names must still be
among the others.
"""

import datetime as dt
from collections.abc import Collection, Iterator
from pathlib import PurePosixPath
from typing import Any

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils import timezone

from union_portal.base.intake.keeping import FOLDER
from union_portal.base.models.kept import KeptPaper
from union_portal.base.papers import PaperField

AGE = dt.timedelta(days=7)


def sweep_papers() -> int:
    """Remove papers that no record has held for so long; return how many."""
    now = timezone.now()
    unheld = KeptPaper.objects.all()
    for held in _held():
        unheld = unheld.exclude(place__in=held)
    # Held again, as after a restored backup: the time begins anew.
    KeptPaper.objects.exclude(unused_since=None).exclude(pk__in=unheld.values("pk")).update(unused_since=None)
    unheld.filter(unused_since=None).update(unused_since=now)
    count = 0
    for kept in unheld.filter(unused_since__lte=now - AGE):
        with transaction.atomic():
            kept.delete()
            transaction.on_commit(lambda place=kept.place: default_storage.delete(place))  # type: ignore[misc]
        count += 1
    return count


def sweep_strays() -> int:
    """Remove files that no row names, as a kill between a file and its row leaves them; return how many."""
    count = 0
    for folder in _folders(FOLDER):
        known = KeptPaper.objects.filter(place__startswith=f"{folder}/").values_list("place", flat=True)
        count += _sweep_folder(folder, known=set(known))
    for model, field in _file_fields():
        if not isinstance(field, PaperField):
            folder = str(PurePosixPath(field.generate_filename(model(), "x.x")).parent)
            count += _sweep_folder(folder, known=set(_names(model, folder)))
    return count


def _names(model: Any, folder: str) -> Iterator[str]:
    """Yield what the rows of the model name in the folder, by whichever field."""
    for other, field in _file_fields():
        if other is model:
            named = {f"{field.name}__startswith": f"{folder}/"}
            yield from model._base_manager.filter(**named).values_list(field.name, flat=True)  # noqa: SLF001


def _sweep_folder(folder: str, *, known: Collection[str]) -> int:
    """Remove the folder's files that are old and not known; return how many."""
    count, oldest = 0, timezone.now() - AGE
    for place in _files(folder):
        if place not in known and default_storage.get_modified_time(place) < oldest:
            default_storage.delete(place)
            count += 1
    return count


def _held() -> Iterator[Any]:
    """Yield the places that records hold, field by field."""
    for model, field in _file_fields():
        if isinstance(field, PaperField):
            yield model._base_manager.exclude(**{field.name: ""}).values(field.name)  # noqa: SLF001


def _file_fields() -> Iterator[tuple[Any, Any]]:
    """Yield every model's fields for files; a row's history holds none."""
    for model in apps.get_models():
        if not hasattr(model, "pgh_tracked_model"):
            for field in model._meta.local_concrete_fields:  # noqa: SLF001
                if isinstance(field, models.FileField):
                    yield model, field


def _folders(folder: str) -> list[str]:
    try:
        names = default_storage.listdir(folder)[0]
    except FileNotFoundError:
        return []
    return [f"{folder}/{name}" for name in names]


def _files(folder: str) -> list[str]:
    try:
        names = default_storage.listdir(folder)[1]
    except FileNotFoundError:
        return []
    return [f"{folder}/{name}" for name in names]
