"""Encrypted text and its blind index."""

from typing import Any

from django.db import models


class EncryptedTextField(models.TextField[str, str]):
    """Text kept as ciphertext."""


class BlindIndexField(models.CharField[str | None, str | None]):
    """The keyed hash of an encrypted neighbour, for exact search."""

    def __init__(self, *args: Any, source: str = "", **kwargs: Any) -> None:
        self.source = source
        kwargs.setdefault("max_length", 64)
        kwargs.setdefault("null", True)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("editable", False)
        kwargs.setdefault("db_index", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """Return what a migration needs to make the field again."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"source": self.source}
