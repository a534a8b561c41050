"""An app's figures from its kinds: `register_source(source("congress", KINDS, totals=Summaries))`."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any, Protocol

from django.core.exceptions import PermissionDenied
from django.db.models import Case, CharField, F, Field, Min, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast

from union_portal.base.figures import Figure, FigureRequest, FigureSource, Mismatch, Rows, nothing_to_compare
from union_portal.base.figures.alike import at_once
from union_portal.base.figures.counting import count, within
from union_portal.base.figures.kind import Against, Catalogue, Counted, Kind, Ratio, day_of, field_of
from union_portal.base.rooms import load_rooms

# The fields a related row goes by in a list of rows.
_NAMES = ("name", "title", "number", "code")


class Totals(Protocol):
    """Totals without rosters that bear on some requests: what they contain, and how they enter a figure."""

    def covered(self) -> Sequence[Any]:
        """Return what the detail count must leave out: rows of request, kind, start, end, measure."""

    def bearing(self) -> Sequence[int]:
        """Return the numbers of the requests of which all records are counted too, to be told beside their totals."""

    def add(self, number: int, figure: Figure, details: Counted) -> Figure:
        """Return the figure of request `number` with its totals added; `details` are all records it asks for."""

    def add_rate(self, number: int, figure: Figure) -> Figure:
        """Return the rate of request `number` as a total gives it."""


# Reads the totals that bear on requests about kinds of the catalogue.
TotalsOf = Callable[[Sequence[FigureRequest], Catalogue], Totals]

# A function stands for the kinds that are made of data, one for each row of a catalogue.
Kinds = Iterable["Kind | Ratio | Callable[[], Iterable[Kind | Ratio]]"]


def source(
    app: str,
    kinds: Kinds,
    *,
    totals: TotalsOf | None = None,
    mismatches: Callable[[Sequence[Figure]], Iterable[Mismatch]] = nothing_to_compare,
) -> FigureSource:
    """Return the source that counts these kinds and lists their rows; a function among them is asked each time."""
    return FigureSource(
        app=app,
        kinds=lambda: catalogue_of(kinds).listed(),
        count=lambda requests: figures(catalogue_of(kinds), requests, totals),
        rows=lambda request, user: rows(catalogue_of(kinds), request, user),
        mismatches=mismatches,
    )


def catalogue_of(kinds: Kinds) -> Catalogue:
    """Return an app's kinds as they stand at the moment."""
    return Catalogue([kind for one in kinds for kind in (one() if callable(one) else (one,))])


def kinds_of_rooms(app: str) -> list[Any]:
    """Return what the app's rooms count: the `KINDS` of each room's report, in the order of the rooms."""
    return [kind for report in load_rooms(app, "report") for kind in getattr(report, "KINDS", ())]


def mismatches_of_rooms(app: str) -> Callable[[Sequence[Figure]], Iterable[Mismatch]]:
    """Return what the `mismatches` of every room's `report` together find amiss among figures."""
    found = [report.mismatches for report in load_rooms(app, "report") if hasattr(report, "mismatches")]
    return lambda counted: [one for look in found for one in look(counted)]


def figures(catalogue: Catalogue, requests: Sequence[FigureRequest], totals: TotalsOf | None) -> list[Figure]:
    """Answer the requests; a ratio is asked for as what stands above and below its line.

    What an outline names and nobody counts any more is a figure without numbers that says so.
    """
    wanted = [replace(request, kinds=catalogue.known(request.kinds)) for request in requests]
    answers = iter(_answers(catalogue, [request for request in wanted if request.kinds], totals))
    return [next(answers) if request.kinds else _gone(old) for old, request in zip(requests, wanted, strict=True)]


def _gone(request: FigureRequest) -> Figure:
    label = request.label or "、".join(request.kinds)
    return Figure(key=request.key, label=label, kinds=request.kinds, period=request.period, basis="已停止统计")


def _answers(catalogue: Catalogue, requests: Sequence[FigureRequest], totals: TotalsOf | None) -> list[Figure]:
    asked: list[FigureRequest] = []
    places: list[list[int]] = []
    for request in requests:
        kind, part = catalogue.find(request.kinds[0])
        own = [request]
        if isinstance(kind, Ratio):
            tail = f".{part}" if part else ""
            own = [replace(request, kinds=tuple(key + tail for key in side)) for side in (kind.above, kind.below)]
        places.append(list(range(len(asked), len(asked) + len(own))))
        asked += own
    # Rates stand behind what is counted: a total may give one itself.
    behind = [place for place, own in enumerate(places) if len(own) > 1]
    rates = {place: len(asked) + number for number, place in enumerate(behind)}
    added = totals([*asked, *(requests[place] for place in rates)], catalogue) if totals is not None and asked else None
    compared = {len(asked) + number: place for number, place in enumerate(added.bearing() if added else ())}
    with at_once(catalogue.together(request.kinds)[0] for request in asked):
        wanted = [*asked, *(asked[place] for place in compared.values())]
        counted = count(catalogue, wanted, added.covered() if added is not None else ())
        found = [_figure(catalogue, request, counted.get(number, Counted())) for number, request in enumerate(asked)]
        _set_against(catalogue, asked, counted, found)
    if added is not None:
        details = {place: counted.get(number, Counted()) for number, place in compared.items()}
        found = [added.add(number, figure, details.get(number, Counted())) for number, figure in enumerate(found)]
    answers = [
        _ratio(catalogue, request, *(found[place] for place in own)) if len(own) > 1 else found[own[0]]
        for request, own in zip(requests, places, strict=True)
    ]
    if added is not None:
        for place, number in rates.items():
            answers[place] = added.add_rate(number, answers[place])
    return answers


def _set_against(
    catalogue: Catalogue, asked: Sequence[FigureRequest], counted: dict[int, Counted], found: list[Figure]
) -> None:
    """Let each room set the figures of its kinds against what it knows, all of them at once."""
    numbers: dict[Against, list[int]] = defaultdict(list)
    for number, request in enumerate(asked):
        kind, _part = catalogue.find(request.kinds[0])
        if isinstance(kind, Kind) and kind.against is not None:
            numbers[kind.against].append(number)
    for against, own in numbers.items():
        figures = against([(asked[number], counted.get(number, Counted()), found[number]) for number in own])
        for number, figure in zip(own, figures, strict=True):
            found[number] = figure


def _figure(catalogue: Catalogue, request: FigureRequest, counted: Counted) -> Figure:
    fits, odd = catalogue.together(request.kinds)
    kinds = [kind for kind, _part in fits]
    first, basis = kinds[0], "；".join(dict.fromkeys(kind.told_by for kind in kinds))
    day = request.period.end
    has_heads = any(kind.heads for kind in kinds)
    return Figure(
        key=request.key,
        label=request.label or "、".join(catalogue.label(key) for key in request.kinds),
        kinds=request.kinds,
        period=None if first.as_of else request.period,
        as_of=day if first.as_of else None,
        heads=counted.heads if has_heads else None,
        times=None if first.as_of and has_heads else counted.times,
        amount=(counted.amount or Decimal(0)).quantize(Decimal("0.01")) if any(kind.amount for kind in kinds) else None,
        unit=first.unit,
        basis=f"{basis}，截至{day:%Y-%m-%d}" if first.as_of else basis,
        left_out=tuple(f"{label}与前项单位不同，不能相加" for label in odd),
    )


def _ratio(catalogue: Catalogue, request: FigureRequest, above: Figure, below: Figure) -> Figure:
    kind, _part = catalogue.find(request.kinds[0])
    others = [catalogue.label(key) for key in request.kinds[1:]]
    return Figure(
        key=request.key,
        label=request.label or catalogue.label(request.kinds[0]),
        kinds=request.kinds,
        period=below.period,
        as_of=below.as_of,
        # What only the records say beside a total is not known of all of it.
        numerator=_number(above) if _number(above) or above.summary or not below.summary else None,
        denominator=_number(below),
        unit=kind.unit,
        basis=f"{kind.basis}；{below.basis}",
        summary=above.summary or below.summary,
        left_out=(*dict.fromkeys((*above.left_out, *below.left_out)), *(f"{label}不能与比率相加" for label in others)),
    )


def _number(figure: Figure) -> int:
    return (figure.times if figure.times is not None else figure.heads) or 0


def rows(catalogue: Catalogue, request: FigureRequest, user: Any) -> Rows:
    """Return the records that the figure counted and the user may see; PermissionDenied without the permission."""
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
        )
    told = [_told(first, records) for first, records in _each_once([group[0][0] for group in shared.values()], found)]
    whole = told[0].union(*told[1:], all=True).order_by("portal_day")
    return Rows(("类别", "日期", "内容"), whole, sensitive)


def _records(group: list[tuple[Kind, str]], request: FigureRequest, user: Any) -> "QuerySet[Any]":
    """Return the records of kinds over the same queryset, one of each thing."""
    start, end = (request.period.end,) * 2 if group[0][0].as_of else (request.period.start, request.period.end)
    wanted = [
        Q(pk__in=within(kind, start, end).filter(**({kind.part: part} if part else {})).order_by().values("pk"))
        for kind, part in group
    ]
    first = group[0][0]
    found = first.records.filter(reduce(or_, wanted))
    found = found.visible_to(user) if hasattr(found, "visible_to") else found
    if first.once != "pk":
        each = found.order_by().values(first.once).annotate(portal_first=Min("pk")).values("portal_first")
        found = first.records.filter(pk__in=each)
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
    return told.annotate(portal_day=day_of(kind, kind.day)).values_list("portal_kind", "portal_day", "portal_words")
