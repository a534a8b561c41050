"""Fields that look alike at the desk and outside it: choices to tick, a day, a few sentences."""

import datetime as dt
from collections.abc import Sequence
from copy import deepcopy
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError
from django.db.models import DateField, Model
from django.forms.models import fields_for_model
from django.utils import timezone

from union_portal.base.errors import DomainError
from union_portal.base.spreadsheets.dates import Date
from union_portal.base.spreadsheets.errors import CellError
from union_portal.base.steps import explained

F = TypeVar("F", bound=forms.Field)
_READ = Date(months=False)
DAY_EXAMPLE = "请写成 2026-09-01，也可以写 2026.9.1、2026/9/1、2026年9月1日或 20260901。"


def today() -> Any:
    return timezone.localdate()


class DayField(forms.DateField):
    """A day, written in any of the ways that the imported lists may write it."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"placeholder": "2026-09-01"}))
        super().__init__(**options)

    def to_python(self, value: Any) -> dt.date | None:
        """Return the day; the refusal shows how it may be written."""
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value if isinstance(value, dt.date) else None)
        try:
            found: dt.date = _READ.parse(value)
        except CellError as error:
            reason = str(error).partition("，请写成")[0]
            raise forms.ValidationError(f"“{value.strip()}”{reason}。{DAY_EXAMPLE}", code="invalid") from error
        return found


class MomentField(forms.SplitDateTimeField):
    """A day, written as any other, and the time beside it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.fields: Any = (DayField(required=False), *self.fields[1:])


class OnForm(forms.Form):
    """The day of a step."""

    on = DayField(label="日期", initial=today)


class DocumentForm(OnForm):
    """The day and the document that decided."""

    document = forms.CharField(label="决定文件", max_length=200, required=False)


class PurposeForm(forms.Form):
    """What somebody needs personal data for."""

    purpose = forms.CharField(label="用途", help_text="用途将连同您的姓名和时间记入访问日志。", max_length=200)


class ReasonForm(forms.Form):
    """A reason."""

    reason = forms.CharField(label="原因", max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


def fields_of(model: type[Model], fields: Sequence[str], **options: Any) -> dict[str, forms.Field]:
    """Return the form fields of a model's, days read as the imported lists do."""

    def field_of(field: Any, **given: Any) -> Any:
        return field.formfield(**({"form_class": DayField} if type(field) is DateField else {}), **given)

    return fields_for_model(model, fields=fields, formfield_callback=field_of, **options)


def choices_widget(*, several: bool = False) -> forms.RadioSelect | forms.CheckboxSelectMultiple:
    """Return choices to tick, one or several, that look alike at the desk and outside it."""
    return (forms.CheckboxSelectMultiple if several else forms.RadioSelect)(attrs={"class": "up-choices"})


def shown_when(field: F, **answer: str) -> F:
    """Let a field that concerns one answer alone be seen with that answer: `where="out"`; scripts off, it always is."""
    ((name, value),) = answer.items()
    field.widget.attrs["data-up-when"] = f"{name}={value}"
    return field


def words_field(*, rows: int = 3, **options: Any) -> forms.CharField:
    """Return a field for a few sentences."""
    return forms.CharField(widget=forms.Textarea(attrs={"rows": rows}), **options)


def offering(base: type[forms.Form], **rows: Any) -> type[forms.Form]:
    """Return the form with these rows (or choices) to choose from, by field."""
    fields = {name: deepcopy(base.base_fields[name]) for name in rows}
    for name, field in fields.items():
        setattr(field, "queryset" if isinstance(field, forms.ModelChoiceField) else "choices", rows[name])
    return type(base.__name__, (base,), fields)


# What services name otherwise than the forms that ask for it: a service knows the day a record begins, a form the day
# of the step; a service knows a person, a form a staff number.
_ASKED_AS = {
    "valid_from": ("begins_on", "on"),
    "valid_to": ("ends_on", "on"),
    "began_on": ("begins_on", "on"),
    "ends_on": ("on",),
    "held_on": ("on",),
    "person": ("staff_number", "staff_numbers", "people"),
}


def _field_of(form: forms.BaseForm, name: str | None) -> str | None:
    """Return the form's field for what a refusal names; None where it asks for nothing of the kind."""
    asked = (one for one in (name, *_ASKED_AS.get(name or "", ())) if one in form.fields)
    return next((one for one in asked if one and not form[one].is_hidden), None)


def add_refusal(form: forms.BaseForm, error: Exception) -> None:
    """Show a refusal at the field it names, as the form calls it, or above the form when it has no such field.

    What another writer was faster with, so that the database refused it, is said in the words of its constraint.
    """
    if isinstance(error, IntegrityError):
        error = explained(error)
    if isinstance(error, DomainError):
        at = next((found for name in (error.field, *error.among) if (found := _field_of(form, name))), None)
        form.add_error(at, str(error))
        return
    by_field: dict[str, Any] = error.update_error_dict({}) if isinstance(error, ValidationError) else {}
    for name, errors in by_field.items():
        form.add_error(_field_of(form, None if name == NON_FIELD_ERRORS else name), errors)
