"""The rows of a desk's list, read and written column by column.

The theme reads each column anew and fills a template for every cell; here what belongs to the column is done once, and
what depends on the value alone (a pill) once for each value.
"""

import datetime as dt
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from html import escape
from typing import Any

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.contrib.admin.utils import label_for_field, lookup_field, quote
from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist
from django.db.models import (
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    DecimalField,
    ForeignKey,
    IntegerField,
    Model,
    TextField,
)
from django.template.loader import render_to_string
from django.urls import NoReverseMatch
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from unfold.utils import (
    display_for_dropdown,
    display_for_field,
    display_for_header,
    display_for_label,
    display_for_value,
)

from union_portal.base.money import grouped

# Stands for the key in the address of a row, which is made once for the list.
_KEY = "918273645"
_TICK = mark_safe('<td class="up-list__tick" data-label="选择记录">')
# In the heading of every column of amounts.
YUAN = "（元）"
# A no is seldom an alarm: it stands in words, as does the yes.
_YES = mark_safe('<span class="up-yes">是</span>')
_NO = mark_safe('<span class="up-no">否</span>')


@dataclass(frozen=True)
class _Column:
    tag: str
    start: str
    # Begins a cell that says nothing: a card on a phone leaves it out.
    bare: str
    linked: bool
    cell: Callable[[Any], Any]


def rows_of(cl: Any, actions: Any = None) -> list[SafeString]:
    """Return the rows of a change list as HTML, with the menu of the row's `actions` where it has any."""
    columns, address = list(_columns(cl)), _address(cl)
    return [_row(cl, row, columns, address, actions) for row in cl.result_list]


def _row(cl: Any, row: Any, columns: list[_Column], address: str, actions: Any) -> SafeString:
    parts, empty = [], str(cl.model_admin.get_empty_value_display())
    for column in columns:
        words = _escaped(column.cell(row)) or empty
        start = column.start if words != empty else column.bare
        if column.linked and address:
            key = row.serializable_value(str(cl.to_field or cl.pk_attname)) if cl.is_popup else None
            opener = format_html(' data-popup-opener="{}"', key) if cl.is_popup else ""
            to = address.replace(_KEY, str(quote(getattr(row, cl.pk_attname))))
            words = f'<a href="{escape(to)}"{opener}>{words}</a>'
        parts.append(f"{start}{words}</{column.tag}>")
    if actions:
        parts.append(render_to_string("unfold/helpers/actions_row.html", {"actions": actions, "instance_pk": row.pk}))
    return mark_safe("".join(parts))  # every part is escaped above


def _escaped(words: Any) -> str:
    """Escape as Django does, without asking every word whether it is lazy."""
    if type(words) is str:
        return escape(words)
    return str(words.__html__()) if hasattr(words, "__html__") else escape(str(words))


def _address(cl: Any) -> str:
    """Return the address of a row with `_KEY` for its key; empty where rows have no page."""
    try:
        address: str = cl.url_for_result(cl.model(**{cl.pk_attname: _KEY}))
    except NoReverseMatch:
        return ""
    return str(add_preserved_filters({"preserved_filters": cl.preserved_filters, "opts": cl.opts}, address))


def _columns(cl: Any) -> Iterator[_Column]:
    first = True
    for name in cl.list_display:
        if name == "action_checkbox":
            yield _Column("td", _TICK, _TICK, False, _tick)
            continue
        links = cl.list_display_links
        linked = links is not None and ((first and not links) or name in links)
        tag, first = ("th" if first else "td"), False
        heading = str(label_for_field(name, cl.model, model_admin=cl.model_admin))
        looks = looks_of(cl, name, heading)
        start, bare = (_start(tag, words.strip(), heading) for words in (looks, f"{looks} up-list__none"))
        yield _Column(tag, start, bare, linked, _cell(cl, name))


def _start(tag: str, looks: str, heading: str) -> str:
    said = '<{} class="{}" data-label="{}">' if looks else '<{0} data-label="{2}">'
    return format_html(said, tag, looks, heading)


def looks_of(cl: Any, name: Any, heading: str) -> str:
    """Return how a column looks: amounts stand to the right, days on one line, a state leads the rest of a card."""
    if YUAN in heading:
        return "up-list__sum"
    if getattr(getattr(cl.model_admin, name, None) if isinstance(name, str) else name, "label", False):
        return "up-list__state"
    field = _field(cl, name)
    return "up-list__day" if isinstance(field, DateField) else ""


def _tick(row: Model) -> SafeString:
    return mark_safe(
        f'<input type="checkbox" name="{ACTION_CHECKBOX_NAME}" value="{escape(str(row.pk))}"'
        ' class="action-select up-list__box" aria-label="选择记录">'
    )


def _cell(cl: Any, name: Any) -> Callable[[Any], Any]:
    """Return what reads a row's cell, the words as the theme shows them."""
    empty = cl.model_admin.get_empty_value_display()
    field = _field(cl, name)
    if field is None:
        return _asked(cl, name, empty)
    if isinstance(field, ForeignKey):
        return lambda row: _or(getattr(row, name), empty)
    if field.flatchoices:
        words = dict(field.flatchoices)
        return lambda row: words.get(getattr(row, name), empty)
    written = _written(field)
    if written is not None:
        return lambda row: _or(getattr(row, name), empty, written)
    return lambda row: display_for_field(getattr(row, name), field, empty)


def _written(field: Any) -> Callable[[Any], str] | None:
    """Return how a field's values are written where the theme writes them otherwise, or by a long way: days, words."""
    if isinstance(field, CharField | TextField):
        return str
    if isinstance(field, DateField) and not isinstance(field, DateTimeField):
        return dt.date.isoformat  # as `base/formats` says
    if isinstance(field, BooleanField):
        return _yes_or_no
    if isinstance(field, DecimalField) and YUAN in str(field.verbose_name):
        return grouped
    return "{:,}".format if isinstance(field, IntegerField) and "数" in str(field.verbose_name) else None


def _field(cl: Any, name: Any) -> Any:
    """Return the field that the column shows, if it shows one."""
    try:
        field = cl.lookup_opts.get_field(name) if isinstance(name, str) else None
    except FieldDoesNotExist:
        return None
    own = field is not None and not field.auto_created and field.name == name and field.concrete
    return field if own else None


def _yes_or_no(value: bool) -> str:
    return _YES if value else _NO


def _asked(cl: Any, name: Any, empty: str) -> Callable[[Any], Any]:
    """Return what reads a cell that is no field: a method of the admin or of the row, a property, a path."""
    admin = cl.model_admin
    if callable(name):
        attribute, value = name, name
    elif hasattr(admin, name) and name != "__str__":
        attribute = value = getattr(admin, name)
    else:
        attribute = getattr(cl.model, name, None)
        attribute = attribute.fget if isinstance(attribute, property) else attribute

        def value(row: Any) -> Any:
            return lookup_field(name, row, admin)[2]

    shown = _shown(name, attribute, getattr(attribute, "empty_value_display", empty))

    def cell(row: Any) -> Any:
        try:
            found = value(row)
        except ObjectDoesNotExist:
            return empty
        return shown(row, found)

    return cell


def _shown(name: Any, attribute: Any, empty: str) -> Callable[[Any, Any], Any]:
    label, boolean = getattr(attribute, "label", False), getattr(attribute, "boolean", False)
    if label:
        pill = _pills(attribute, empty)
        return lambda _row, value: pill(value)
    if getattr(attribute, "dropdown", False):
        return lambda row, value: display_for_dropdown(row, name, value, empty)
    if getattr(attribute, "header", False):
        return lambda _row, value: display_for_header(value, empty)
    if boolean:
        return lambda _row, value: _or(value, empty, _yes_or_no)
    return lambda _row, value: display_for_value(value, empty)


def _or(value: Any, empty: str, written: Callable[[Any], Any] = lambda value: value) -> Any:
    return empty if value is None else written(value)


@cache
def _pills(attribute: Any, empty: str) -> Callable[[Any], Any]:
    """Return what writes a column's pills, each value once and on one line."""

    def on_one_line(value: Any) -> SafeString:
        # The theme's templates have escaped it.
        return mark_safe(" ".join(display_for_label(value, empty, attribute.label).split()))

    kept = lru_cache(typed=True)(on_one_line)
    return lambda value: kept(value) if isinstance(value, Hashable) else on_one_line(value)
