"""What the staff desk does with forms: the theme's dress for plain widgets, and domain errors as form errors."""

from typing import Any

from django import forms
from django.forms.widgets import Input
from unfold import widgets

from union_portal.base.intake.forms import FileChoice

_DRESS: tuple[tuple[type[forms.Widget], list[str]], ...] = (
    (forms.CheckboxSelectMultiple, widgets.CHECKBOX_CLASSES),
    (forms.RadioSelect, widgets.RADIO_CLASSES),
    (forms.CheckboxInput, widgets.CHECKBOX_CLASSES),
    (forms.Textarea, widgets.TEXTAREA_CLASSES),
    (forms.SelectMultiple, widgets.INPUT_CLASSES),
    (forms.Select, widgets.SELECT_CLASSES),
    (Input, widgets.INPUT_CLASSES),
)

_SELECT2 = "admin/js/vendor/select2/select2.full"


def dress(form: forms.BaseForm) -> None:
    """Give plain widgets the theme's classes, days a field to type in with its calendar, files the portal's part."""
    for field in form.fields.values():
        widget = field.widget
        if type(widget) is forms.DateInput:
            attrs = {name: value for name, value in widget.attrs.items() if name != "class"}
            field.widget = widget = widgets.UnfoldAdminDateWidget(attrs=attrs, format="%Y-%m-%d")
            widget.is_required = field.required
        if type(widget) is forms.SplitDateTimeWidget:
            field.widget = widget = widgets.UnfoldAdminSplitDateTimeWidget(attrs=widget.attrs)
            widget.is_required = field.required
        if type(widget) in {forms.ClearableFileInput, forms.FileInput}:
            field.widget = widget = FileChoice(attrs=widget.attrs)
            widget.is_required = field.required
        if type(widget) is forms.Select:
            # The theme's own select, which shows that it opens.
            widget.template_name = widgets.UnfoldAdminSelectWidget.template_name
            if isinstance(field, forms.ModelChoiceField) and field.empty_label:
                field.empty_label = "请选择"
        classes = next((classes for kind, classes in _DRESS if isinstance(widget, kind)), [])
        if "class" not in widget.attrs:
            widget.attrs["class"] = " ".join(classes)


def name_cells(form: type[forms.Form] | type[forms.ModelForm[Any]]) -> None:
    """Give the fields of a table's rows their column's words as a name: a cell has no label of its own."""
    for field in form.base_fields.values():
        if field.label:
            field.widget.attrs.setdefault("aria-label", field.label)


def one_picker(media: forms.Media) -> forms.Media:
    """Return the scripts with one copy of select2.

    The theme's widgets bring the long copy and Django's the short one; of two the first picks and the second takes the
    Chinese words, so that the pickers would speak English.
    """
    scripts = media._js  # type: ignore[attr-defined]  # noqa: SLF001 - there is no other way to look into it
    if f"{_SELECT2}.js" not in scripts:
        return media
    return forms.Media(css=media._css, js=[one for one in scripts if one != f"{_SELECT2}.min.js"])  # type: ignore[attr-defined]  # noqa: SLF001
