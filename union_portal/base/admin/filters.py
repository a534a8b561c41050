"""Filters of a list: by a related row, by a question with one answer, by rows that are counted elsewhere."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from django.contrib.admin import ListFilter, RelatedFieldListFilter, SimpleListFilter
from django.contrib.admin.utils import get_fields_from_path
from django.db.models import ForeignKey, Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from unfold.contrib.filters.admin import AutocompleteSelectFilter

from union_portal.base.admin.scoping import scoped

# More related rows than these are found by typing.
_LISTED = 30


class Question(SimpleListFilter):
    """A filter that leaves the list as it is until it is asked: its answers are looked up no sooner."""


def question(*, title: str, name: str, narrow: Mapping[str, tuple[str, Callable[[Any], Any]]]) -> type[Question]:
    """Return a filter with these answers: word in the address → what it is called, and what it leaves of the rows."""

    class Answers(Question):
        def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
            del request, model_admin
            return [(key, label) for key, (label, _rows) in narrow.items()]

        def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
            del request
            return narrow[str(self.value())][1](queryset) if self.value() in narrow else queryset

    Answers.title, Answers.parameter_name = title, name
    return Answers


def year_of(path: str) -> type[Question]:
    """Return the filter by the year of a day: this one or the last."""

    def within(before: int) -> Callable[[Any], Any]:
        return lambda rows: rows.filter(**{f"{path}__year": timezone.localdate().year - before})

    return question(title="年度", name="in_year", narrow={"this": ("本年", within(0)), "last": ("上年", within(1))})


# Rows of a list that a room above counts, by the list's model and a name: what they are called, and which they are.
_COUNTED: dict[type[Model], dict[str, tuple[str, Callable[[str], "QuerySet[Any]"]]]] = {}


def counted(*, model: type[Model], name: str, label: str, rows: Callable[[str], "QuerySet[Any]"]) -> None:
    """Let the model's list be narrowed to rows counted elsewhere; `rows` gets what the address names them by."""
    _COUNTED.setdefault(model, {})[name] = (label, rows)


def counted_address(name: str, key: object) -> str:
    """Return what an address adds to show these rows alone."""
    return f"{Counted.parameter_name}={name}:{key}"


class Counted(Question):
    """The rows behind a number of another page; offered only where an address asks for them."""

    title, parameter_name = "统计范围", "counted"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return what the address asks for, in words."""
        del request
        name = str(self.value() or "").partition(":")[0]
        known = _COUNTED.get(model_admin.model, {})
        return [(str(self.value()), known[name][0])] if name in known else []

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        """Leave these rows; none where the address names nothing."""
        del request
        name, _colon, key = str(self.value() or "").partition(":")
        if not name:
            return queryset
        found = _COUNTED.get(queryset.model, {}).get(name)
        return queryset.filter(pk__in=found[1](key).order_by().values("pk")) if found else queryset.none()


class RelatedFilter(AutocompleteSelectFilter):
    """The rows the account may see, listed where they are few, and else found by typing where their own list can be."""

    by_typing = False

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> list[Any]:
        """Return the rows by their names; only so many as are listed where there are more to type for."""
        related, site = field.remote_field.model, model_admin.admin_site
        self.rows = scoped(related._default_manager.all(), request)  # noqa: SLF001
        order = self.field_admin_ordering(field, request, model_admin)
        rows = self.rows.order_by(*order) if order else self.rows
        searchable = site.is_registered(related) and site.get_model_admin(related).get_search_fields(request)
        found = [(row.pk, str(row)) for row in (rows[: _LISTED + 1] if searchable else rows)]
        self.by_typing = bool(searchable) and len(found) > _LISTED
        return found

    @property
    def template(self) -> str:  # type: ignore[override]
        """Return the field to type in, or the list."""
        return "unfold/filters/filters_field.html" if self.by_typing else ListFilter.template

    def has_output(self) -> bool:
        """Where there is a choice."""
        return self.by_typing or RelatedFieldListFilter.has_output(self)

    def choices(self, changelist: Any) -> Iterator[Any]:
        """Return the list, or the form in which to type; it names no row but those the account may see."""
        if not self.by_typing:
            yield from RelatedFieldListFilter.choices(self, changelist)
            return
        for choice in super().choices(changelist):
            choice["form"].fields[self.lookup_kwarg].queryset = self.rows
            yield choice


def filters_of(model: type[Model], declared: Sequence[Any]) -> Sequence[Any]:
    """Return a list's filters: related rows as above, and the rows counted elsewhere, if some are."""
    named = ((name, RelatedFilter) if isinstance(name, str) and _is_related(model, name) else name for name in declared)
    return (*named, *((Counted,) if model in _COUNTED else ()))


def _is_related(model: type[Model], path: str) -> bool:
    return isinstance(get_fields_from_path(model, path)[-1], ForeignKey)
