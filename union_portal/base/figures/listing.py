"""The rows behind a figure: the records that it counted, one of each thing, as far as the user may see them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import reduce
from operator import or_
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Case, CharField, F, Field, Min, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast

from union_portal.base.figures import FigureRequest, Rows
from union_portal.base.figures.counting import within
from union_portal.base.figures.kind import Catalogue, Kind, Ratio, day_of, field_of

# The fields a related row goes by in a list of rows.
_NAMES = ("name", "title", "number", "code")
# What records of unlike kinds have in common.
_UNLIKE = ("类别", "日期", "内容")


def rows(catalogue: Catalogue, request: FigureRequest, user: Any) -> Rows:
    """Return the records that the figure counted and the user may see; PermissionDenied without the permission."""
    catalogue = catalogue.of_branch(request.branch)
    request = replace(request, kinds=catalogue.known(request.kinds) or request.kinds)
    kind, part = catalogue.find(request.kinds[0])
    keys = request.kinds
    if isinstance(kind, Ratio):
        keys = tuple(f"{key}.{part}" if part else key for key in kind.below)
    fits = [(one, part) for kind, part in catalogue.together(keys)[0] for one in (kind, *kind.beside)]
    if not all(user.has_perm(one.asked) for one, _part in fits):
        raise PermissionDenied
    sensitive = any(one.sensitive for one, _part in fits)
    shared: dict[int, list[tuple[Kind, str]]] = {}
    for one in fits:
        shared.setdefault(id(one[0].records), []).append(one)
    found = [_records(group, request, user) for group in shared.values()]
    if len(found) == 1:
        columns = fits[0][0].columns or _columns(fits[0][0])
        records = fits[0][0].records
        order = (fits[0][0].day, "pk")
        return Rows(
            tuple(_heading(records, path) for path in columns),
            found[0].order_by(*order).values_list(*(_cell(records, path) for path in columns)),
            sensitive,
            columns.index(fits[0][0].adds) if fits[0][0].adds else None,
        )
    told = [_told(first, records) for first, records in _each_once([group[0][0] for group in shared.values()], found)]
    whole = told[0].union(*told[1:], all=True).order_by("portal_day")
    if fits[0][0].adds:
        return Rows((*_UNLIKE, "数量"), whole, sensitive, len(_UNLIKE))
    return Rows(_UNLIKE, whole, sensitive)


def _records(group: list[tuple[Kind, str]], request: FigureRequest, user: Any) -> "QuerySet[Any]":
    """Return the records of kinds over the same queryset, one of each thing."""
    start, end = (request.period.end,) * 2 if group[0][0].as_of else (request.period.start, request.period.end)
    wanted = [
        Q(pk__in=within(kind, start, end).filter(**({kind.part: part} if part else {})).order_by().values("pk"))
        for kind, part in group
    ]
    first = group[0][0]
    whole = within(replace(first, where=Q(), owner=""), start, end) if first.as_of else first.records
    found = whole.filter(reduce(or_, wanted))
    found = found.visible_to(user) if hasattr(found, "visible_to") else found
    if first.once != "pk":
        each = found.order_by().values(first.once).annotate(portal_first=Min("pk")).values("portal_first")
        found = whole.filter(pk__in=each)
    return found


def _each_once(firsts: Sequence[Kind], found: "Sequence[QuerySet[Any]]") -> "Iterable[tuple[Kind, QuerySet[Any]]]":
    """Yield each queryset without what those before it list already, where they tell of the same things."""
    listed: dict[tuple[Any, str], list[QuerySet[Any]]] = defaultdict(list)
    for first, records in zip(firsts, found, strict=True):
        before = listed[first.records.model, first.once]
        yield first, reduce(lambda left, others: left.exclude(**{f"{first.once}__in": others}), before, records)
        before.append(records.order_by().filter(**{f"{first.once}__isnull": False}).values(first.once))


def _columns(kind: Kind) -> tuple[str, ...]:
    """Return the day and the model's short fields."""
    fields = [one.name for one in kind.records.model._meta.fields if _is_short(one)]  # noqa: SLF001
    return tuple(dict.fromkeys((kind.day, *fields)))[:6]


def _is_short(field: Field[Any, Any]) -> bool:
    return field.editable and not field.primary_key and field.get_internal_type() not in {"TextField", "JSONField"}


def _cell(records: "QuerySet[Any]", path: str) -> Any:
    """Return a column's value as people read it: choices by their words, related rows by what they go by."""
    final = field_of(records, path)
    if final.is_relation:
        names = {one.name for one in final.related_model._meta.fields}  # noqa: SLF001
        return F("__".join((path, *[name for name in _NAMES if name in names][:1])))
    if final.flatchoices:
        words = (When(**{path: value}, then=Value(str(label))) for value, label in final.flatchoices)
        return Case(*words, default=Cast(F(path), CharField()), output_field=CharField())
    return F(path)


def _heading(records: "QuerySet[Any]", path: str) -> str:
    """Return a column's name: its field's, and that of the link where the column is what a related row goes by."""
    stem, _dot, last = path.rpartition("__")
    return str(field_of(records, stem if stem and last in _NAMES else path).verbose_name or path)


def _told(kind: Kind, records: "QuerySet[Any]") -> Any:
    """Return records of unlike kinds in columns that all have: what, when, and the words of the first short text."""
    texts = [one.name for one in kind.records.model._meta.fields if one.get_internal_type() == "CharField"]  # noqa: SLF001
    words = Cast(F(texts[0]), TextField()) if texts else Value("", output_field=TextField())
    told = records.order_by().annotate(portal_kind=Value(str(kind.label), output_field=TextField()), portal_words=words)
    columns = ("portal_kind", "portal_day", "portal_words", *((kind.adds,) if kind.adds else ()))
    return told.annotate(portal_day=day_of(kind, kind.day)).values_list(*columns)
