"""Papers kept with a record: people's files, which come in by one way and leave only through a door of their own."""

from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.fields.files import FieldFile
from django.urls import reverse

from union_portal.base.errors import Refused
from union_portal.base.intake.forms import PaperFormField
from union_portal.base.intake.keeping import keep
from union_portal.base.intake.kinds import DOCUMENTS, HANDOUTS, KINDS, PICTURES, SCANS, FileKind, kind_of_ending
from union_portal.base.intake.names import ending_of
from union_portal.base.intake.taking import take
from union_portal.base.models.kept import KeptPaper


class KeptFile(FieldFile):
    """The file of a record; true when there is one."""

    @property
    def url(self) -> str:
        """The address of the door, which asks who may read; the desk links to it too."""
        field: Any = self.field
        return reverse(field.door, args=[self.instance.pk])

    @cached_property
    def kept(self) -> KeptPaper:
        """What is known of the file: its name as it came, its size, its digest."""
        place = str(self.name)
        found = KeptPaper.objects.filter(place=place).first()
        kind = kind_of_ending(ending_of(place)) or ""
        return found or KeptPaper(place=place, name=place.rsplit("/", 1)[-1], kind=kind, size=0)

    def __str__(self) -> str:
        """Say what it is without a look into the database: the words of a link in a list."""
        kind = kind_of_ending(ending_of(self.name or ""))
        return KINDS[kind].label if kind else "文件" if self.name else ""

    def save(self, name: str | None, content: Any, save: bool = True) -> None:
        """Take the file in, however it came, and keep it; raises Refused at the field."""
        field: Any = self.field
        try:
            taken = take(content, name=name or "", accepts=field.accepts)
        except Refused as refused:
            raise Refused(str(refused), field=field.name) from refused
        self.name = keep(taken, storage=self.storage).place
        self.__dict__.pop("kept", None)
        setattr(self.instance, field.attname, self.name)
        self._committed = True
        if save:
            self.instance.save()


class PaperField(models.FileField):
    """A file that may be there: PDF, picture or document.

    `door` is the address, by name, that gives it to whoever may read the record. However a file comes, it is taken in
    by `union_portal.base.intake` before it is stored.
    """

    attr_class = KeptFile
    accepts: frozenset[FileKind] = DOCUMENTS

    def __init__(self, *args: Any, door: str = "", **options: Any) -> None:
        self.door = door
        options.pop("upload_to", None)  # as migrations of old have it: every place is random
        super().__init__(*args, **{"blank": True, **options})

    def deconstruct(self) -> Any:
        """Leave out where it lies; every place is random."""
        name, path, args, options = super().deconstruct()
        options.pop("upload_to", None)
        return name, path, args, {**options, "blank": self.blank, "door": self.door}

    def get_prep_value(self, value: Any) -> Any:
        """Return the place, for a kept file calls itself by its kind."""
        return super().get_prep_value(value.name if isinstance(value, FieldFile) else value)

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        """Take a new file in; a refusal is an error of the field."""
        file = super().clean(value, model_instance)
        if file and not file._committed:  # noqa: SLF001 -- Django's own way to tell
            try:
                file.file = take(file.file, name=str(file.name), accepts=self.accepts)
            except Refused as refused:
                raise ValidationError(str(refused)) from refused
        return file

    def formfield(self, **options: Any) -> Any:
        """Return the intake's field, whatever widget the desk's theme has for files."""
        kept = {name: value for name, value in options.items() if name not in {"widget", "form_class", "max_length"}}
        return super().formfield(form_class=PaperFormField, accepts=self.accepts, **kept)


class ScanField(PaperField):
    """A scan or a picture that may be there, and nothing that must be opened with another program."""

    accepts = SCANS


class HandoutField(PaperField):
    """A paper to be read on a phone too."""

    accepts = HANDOUTS


class PictureField(PaperField):
    """A picture that may be there, to be shown by itself."""

    accepts = PICTURES
