"""What a browser would send of a form that a page shows: what stands in it, and what fits where nothing does."""

import itertools
from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet
from django.utils import timezone

from tests.factories import papers
from union_portal.base.sending import KEY

Sent = dict[str, Any]
WORDS = "核对无误"
# Fields of words in which a person of the register is named, by their name.
PEOPLE = {"staff_number", "proposer", "received_by"}
_numbers = itertools.count(1)


def forms_in(context: Any) -> Iterator[forms.BaseForm]:
    """Yield every form that the page shows, those of its formsets too."""
    for shown in _flat(context):
        for value in shown.values():
            if isinstance(value, forms.BaseForm):
                yield value
            elif isinstance(value, BaseFormSet):
                yield from (value.management_form, *value.forms)
            elif isinstance(getattr(value, "form", None), forms.BaseForm):  # the desk's form of a row
                yield value.form
        for inline in shown.get("inline_admin_formsets") or ():
            yield from (inline.formset.management_form, *inline.formset.forms)


def _flat(context: Any) -> list[dict[str, Any]]:
    return [context.flatten()] if hasattr(context, "flatten") else [context or {}]


def sent(context: Any, *, person: str = "") -> Sent:
    """Return the fields of every form of the page; `person` is the number of whoever a field asks for."""
    found: Sent = {}
    for form in forms_in(context):
        for bound in form:
            if not bound.field.disabled:
                found |= _field(bound, person)
    for shown in _flat(context):
        if shown.get("sent_key"):
            found[KEY] = shown["sent_key"]
    return found


def _field(bound: Any, person: str) -> Sent:
    field, name = bound.field, bound.html_name
    value = bound.value()
    if isinstance(field, forms.FileField):
        return {name: papers.sent("a.pdf")} if field.required and not value else {}
    if _is_empty(value):
        value = _fitting(field, bound.name, person)
    if _is_empty(value) or value is False:
        return {}
    return _as_sent(field, name, value)


def _is_empty(value: Any) -> bool:
    return value is None or value in ("", [])


def _as_sent(field: Any, name: str, value: Any) -> Sent:
    """Return the field as its widget would send it."""
    value = field.prepare_value(value)
    if isinstance(field.widget, forms.MultiWidget):
        widget: Any = field.widget
        parts = value if isinstance(value, list) else widget.decompress(value)
        return {f"{name}{suffix}": part for suffix, part in zip(widget.widgets_names, parts, strict=True) if part}
    if isinstance(field, forms.BooleanField):
        return {name: "on"}
    if isinstance(value, list | tuple | set) or hasattr(value, "values_list"):
        return {name: [str(getattr(one, "pk", one)) for one in value]}
    shown = field.widget.format_value(value) if hasattr(field.widget, "format_value") else value
    shown = shown[0] if isinstance(shown, list | tuple) and shown else shown
    return {name: "" if shown is None else str(shown)}


def _is(field: Any, *kinds: type) -> bool:
    return isinstance(field, kinds)


def _fitting(field: Any, name: str, person: str) -> Any:  # noqa: C901, PLR0911 -- one line a kind of field
    """Return something that the field takes."""
    if _is(field, forms.ModelMultipleChoiceField):
        return list(field.queryset.values_list("pk", flat=True)[:1])
    if _is(field, forms.ModelChoiceField):
        return field.queryset.values_list("pk", flat=True).first() if field.required else None
    if _is(field, forms.MultipleChoiceField):
        return [str(key) for key, _label in field.choices if key][:1]
    if _is(field, forms.ChoiceField):
        return next((str(key) for key, _label in _options(field) if key not in ("", None)), None)
    if _is(field, forms.BooleanField):
        return field.required
    if _is(field, forms.DateTimeField, forms.SplitDateTimeField):
        return timezone.localtime().replace(second=0, microsecond=0)
    if _is(field, forms.DateField):
        return timezone.localdate() if field.required else None
    if _is(field, forms.IntegerField, forms.DecimalField):
        return max(1, field.min_value or 0) if field.required else None
    if name in PEOPLE:
        return person
    if _is(field, forms.EmailField, forms.URLField, forms.JSONField, forms.RegexField):
        return None
    if _is(field, forms.CharField):
        return f"{WORDS}{next(_numbers)}"[: field.max_length or 40] if field.required else None
    return None


def _options(field: Any) -> Iterator[tuple[Any, Any]]:
    for key, label in field.choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield key, label
