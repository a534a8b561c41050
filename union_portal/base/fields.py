"""Encrypted text and its blind index.

    identity_number = EncryptedTextField(...)
    identity_index = BlindIndexField(source="identity_number")

`save()` and `bulk_create()` fill both. `update()`, `bulk_update()` and COPY need both named: `sealed()` gives them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

from django import forms
from django.core.exceptions import FieldError
from django.db import models
from django.db.models import lookups
from django.db.models.query_utils import DeferredAttribute
from django.db.models.signals import post_save

from union_portal.base.encryption import blind_index, decrypt, encrypt, encrypter
from union_portal.base.texts import readable


class Plain(str):  # noqa: SLOT000  # str cannot have slots
    """A decrypted text that remembers the ciphertext it came from, so that saving it unchanged writes the same."""

    ciphertext: str
    context: str

    @classmethod
    def of(cls, text: str, *, ciphertext: str, context: str) -> Self:
        """Tie a text to its ciphertext."""
        plain = cls(text)
        plain.ciphertext = ciphertext
        plain.context = context
        return plain


class _KeepsCiphertext(DeferredAttribute):
    """Keeps the stored ciphertext when an equal text is assigned, and the blind index in step."""

    field: "EncryptedTextField"

    def __set__(self, instance: models.Model, value: str | None) -> None:
        held = instance.__dict__.get(self.field.attname)
        if isinstance(held, Plain) and not isinstance(value, Plain) and held == value:
            return
        instance.__dict__[self.field.attname] = value
        loading = held is None and (not value or isinstance(value, Plain))  # then the index comes from its own column
        if held != value and not loading:
            self.field.update_indexes(instance)


class EncryptedTextField(models.TextField[str, str]):
    """Text kept as AES-GCM ciphertext bound to its table and column; in Python it is the text itself.

    Empty text is stored empty. It can be compared only with "" and null; search goes by the blind index.
    """

    descriptor_class = _KeepsCiphertext

    @property
    def context(self) -> str:
        """Return what the ciphertext is bound to: table.column."""
        return f"{self.model._meta.db_table}.{self.column}"  # noqa: SLF001

    def seal(self, value: str | None) -> str | None:
        """Return what the database stores for a text; unchanged texts keep their ciphertext."""
        if not value:
            return value
        if isinstance(value, Plain) and value.context == self.context:
            return value.ciphertext
        return encrypt(readable(str(value)), context=self.context)

    def sealer(self) -> Callable[[str | None], str | None]:
        """Return `seal` for many texts: the key is looked up once."""
        context = self.context
        encrypt_one = encrypter(context=context)

        def seal_one(value: str | None) -> str | None:
            if not value:
                return value
            if isinstance(value, Plain) and value.context == context:
                return value.ciphertext
            return encrypt_one(value)

        return seal_one

    def get_prep_value(self, value: Any) -> Any:
        """Encrypt on the way to the database."""
        if value is None or hasattr(value, "resolve_expression"):
            return value
        return self.seal(str(value) if not isinstance(value, str) else value)

    def from_db_value(self, value: str | None, _expression: Any, _connection: Any) -> str | None:
        """Decrypt on the way from the database."""
        if not value:
            return value
        return Plain.of(decrypt(value, context=self.context), ciphertext=value, context=self.context)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Encrypt once and remember it on the instance, so that saving again writes the same."""
        value = super().pre_save(model_instance, add)
        if isinstance(value, str) and value and not (isinstance(value, Plain) and value.context == self.context):
            text = readable(str(value))
            value = Plain.of(text, ciphertext=encrypt(text, context=self.context), context=self.context)
            model_instance.__dict__[self.attname] = value
        return value

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        """Bring the index up to date before constraints are validated."""
        cleaned = super().clean(value, model_instance)
        if model_instance is not None:
            setattr(model_instance, self.attname, cleaned)
            self.update_indexes(model_instance)
        return cleaned

    def update_indexes(self, instance: models.Model) -> None:
        """Set the blind indexes beside the field from its present value."""
        for index in index_fields(type(instance), self.name):
            instance.__dict__[index.attname] = blind_index(instance.__dict__.get(self.attname))

    def get_lookup(self, lookup_name: str) -> Any:
        """Allow isnull, comparing with "" and with a known ciphertext; refuse every other comparison."""
        allowed = {"isnull": lookups.IsNull, "exact": _ExactlyEmpty, "ciphertext": _SameCiphertext}
        if lookup_name not in allowed:
            raise FieldError(self.cannot_compare())
        return allowed[lookup_name]

    def cannot_compare(self) -> str:
        """Return why a comparison was refused."""
        return f"{self.name} is encrypted and cannot be compared; filter by its blind index with blind_index(value)."

    def formfield(self, **kwargs: Any) -> Any:
        """Offer a single line."""
        return super().formfield(**({"widget": forms.TextInput} | kwargs))


class _ExactlyEmpty(lookups.Exact[Any]):
    def get_prep_lookup(self) -> Any:
        if self.rhs != "":
            raise FieldError(self.lhs.output_field.cannot_compare())
        return ""


class _SameCiphertext(lookups.Exact[Any]):
    prepare_rhs = False

    def get_db_prep_lookup(self, value: Any, connection: Any) -> Any:  # noqa: ARG002
        return "%s", [value]


class BlindIndexField(models.CharField[str | None, str | None]):
    """The keyed hash of an encrypted neighbour, for exact search: `filter(identity_index=blind_index(number))`."""

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

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        """Follow the source also when `save(update_fields=...)` names only that."""
        super().contribute_to_class(cls, name, private_only=private_only)
        if not cls._meta.abstract:
            post_save.connect(self._follow, sender=cls)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Compute the index from its source, unless the source was never loaded."""
        if self.source in model_instance.__dict__:
            setattr(model_instance, self.attname, blind_index(model_instance.__dict__[self.source]))
        return super().pre_save(model_instance, add)

    def _follow(self, *, instance: models.Model, update_fields: frozenset[str] | None = None, **_signal: Any) -> None:
        if update_fields and self.source in update_fields and self.name not in update_fields:
            value = blind_index(getattr(instance, self.source))
            type(instance)._base_manager.filter(pk=instance.pk).update(**{self.attname: value})  # noqa: SLF001
            setattr(instance, self.attname, value)


def index_fields(model: type[models.Model], source: str) -> list[BlindIndexField]:
    """Return the blind indexes of an encrypted field."""
    return [f for f in model._meta.local_fields if isinstance(f, BlindIndexField) and f.source == source]  # noqa: SLF001


@dataclass(frozen=True, slots=True)
class Sealed:
    """What the two columns store."""

    ciphertext: str
    blind_index: str | None


def sealed(model: type[models.Model], field_name: str, value: str) -> Sealed:
    """Return ciphertext and blind index of a text, for COPY and other SQL that passes the fields by."""
    field = model._meta.get_field(field_name)  # noqa: SLF001
    if not isinstance(field, EncryptedTextField):
        raise TypeError(f"{model.__name__}.{field_name} is not encrypted.")
    return Sealed(field.seal(value) or "", blind_index(value))
