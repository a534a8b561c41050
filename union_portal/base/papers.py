"""Papers kept with a record: scanned documents, which leave only through a door of their own."""

from typing import Any

from django.db import models
from django.db.models.fields.files import FieldFile
from django.urls import reverse

from union_portal.base.validators import paper


class _Kept(FieldFile):
    @property
    def url(self) -> str:
        """The address of the door, which asks who may read; the desk links to it too."""
        field: Any = self.field
        return reverse(field.door, args=[self.instance.pk])


class PaperField(models.FileField):
    """A paper that may be there; `door` is the address, by name, that gives it to whoever may read the record."""

    attr_class = _Kept

    def __init__(self, *args: Any, door: str = "", **options: Any) -> None:
        self.door = door
        super().__init__(*args, **{"blank": True, "validators": [paper], **options})

    def deconstruct(self) -> Any:
        """Leave the validators out: they are the class's own."""
        name, path, args, options = super().deconstruct()
        options.pop("validators", None)
        return name, path, args, {**options, "door": self.door}
