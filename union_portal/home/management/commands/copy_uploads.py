"""`manage.py copy_uploads to|from FOLDER`: people's files between the portal's store and a folder, for backups."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandError, CommandParser

# Lists that wait for their confirmation are no records yet, and archives of everything hold what the backup holds.
PASSING = ("imports", "leaving", "arriving")


class Command(BaseCommand):
    help = "Copy people's files out of the store that STORAGE_URL names into a folder, or back: to|from FOLDER"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask for direction and folder."""
        parser.add_argument("direction", choices=["to", "from"])
        parser.add_argument("folder", type=Path)

    def handle(self, *_args: Any, direction: str, folder: Path, **_options: Any) -> None:
        """Copy what is not there yet, and say how many files."""
        copied = sum(
            _out(place, folder) if direction == "to" else _in(place, folder) for place in _places(direction, folder)
        )
        self.stdout.write(f"{copied}")


def _places(direction: str, folder: Path) -> Iterator[str]:
    if direction == "to":
        yield from _stored("")
    else:
        yield from (str(path.relative_to(folder)) for path in sorted(folder.rglob("*")) if path.is_file())


def _stored(within: str) -> Iterator[str]:
    folders, files = default_storage.listdir(within)
    yield from (f"{within}{name}" for name in files if name)
    for name in folders:
        if within or name not in PASSING:
            yield from _stored(f"{within}{name}/")


def _out(place: str, folder: Path) -> bool:
    target = folder / place
    if not target.resolve().is_relative_to(folder.resolve()):
        raise CommandError(f"{place} would lie outside {folder}.")
    target.parent.mkdir(parents=True, exist_ok=True)
    with default_storage.open(place) as source, target.open("wb") as copy:
        for chunk in source.chunks():
            copy.write(chunk)
    return True


def _in(place: str, folder: Path) -> bool:
    """Put a file into the store under its own name; one that is there already stays."""
    if default_storage.exists(place):
        return False
    with (folder / place).open("rb") as source:
        kept = default_storage.save(place, File(source))
    if kept != place:
        default_storage.delete(kept)
        raise CommandError(f"{place} could not be kept under its name.")
    return True
