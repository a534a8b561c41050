"""An app's figures from its kinds: `register_source(source("congress", KINDS, totals=Summaries))`."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, Protocol

from union_portal.base.figures import OF_NO_BRANCH, Figure, FigureRequest, FigureSource, Mismatch, nothing_to_compare
from union_portal.base.figures.alike import at_once
from union_portal.base.figures.counting import count, list_things
from union_portal.base.figures.kind import Against, Catalogue, Counted, Kind, Ratio
from union_portal.base.figures.listing import rows
from union_portal.base.rooms import load_rooms


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
    found: dict[int, Figure] = {}
    for branch in dict.fromkeys(request.branch for request in requests):
        own = catalogue.of_branch(branch)
        wanted = {
            number: replace(request, kinds=own.known(request.kinds))
            for number, request in enumerate(requests)
            if request.branch == branch
        }
        asked = {number: request for number, request in wanted.items() if request.kinds}
        # A total without a roster says nothing of branches.
        answers = _answers(own, list(asked.values()), None if branch else totals)
        found |= dict(zip(asked, answers, strict=True))
        found |= {number: _gone(catalogue, requests[number]) for number in wanted if number not in asked}
    return [found[number] for number in range(len(requests))]


def _gone(catalogue: Catalogue, request: FigureRequest) -> Figure:
    label = request.label or "、".join(request.kinds)
    basis = OF_NO_BRANCH if catalogue.known(request.kinds) else "已停止统计"
    return Figure(key=request.key, label=label, kinds=request.kinds, period=request.period, basis=basis)


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
        for number, (items, largest) in list_things(catalogue, asked).items():
            found[number] = replace(found[number], items=tuple(items), largest=tuple(largest))
    if added is not None:
        details = {
            place: _added_up(catalogue, asked[place], counted.get(number, Counted()))
            for number, place in compared.items()
        }
        found = [
            _without_list(added.add(number, figure, details.get(number, Counted())))
            for number, figure in enumerate(found)
        ]
    answers = [
        _ratio(catalogue, request, *(found[place] for place in own)) if len(own) > 1 else found[own[0]]
        for request, own in zip(requests, places, strict=True)
    ]
    if added is not None:
        for place, number in rates.items():
            answers[place] = added.add_rate(number, answers[place])
    return answers


def _added_up(catalogue: Catalogue, request: FigureRequest, counted: Counted) -> Counted:
    """Return what was counted; where numbers are added up, their sum as times."""
    kind, _part = catalogue.find(request.kinds[0])
    adds = isinstance(kind, Kind) and kind.adds
    return replace(counted, times=int(counted.amount or 0), amount=None) if adds else counted


def _without_list(figure: Figure) -> Figure:
    """Return a figure with a total in it without the list, which would be shorter than the number."""
    return replace(figure, items=(), largest=()) if figure.summary else figure


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
    times: int | None = counted.times
    if first.adds:
        times = None if counted.amount is None else int(counted.amount)
        basis += f"；其中{counted.unpriced}条未登记" if counted.unpriced else ""
    return Figure(
        key=request.key,
        label=request.label or "、".join(catalogue.label(key) for key in request.kinds),
        kinds=request.kinds,
        period=None if first.as_of else request.period,
        as_of=day if first.as_of else None,
        heads=counted.heads if has_heads else None,
        times=None if first.as_of and has_heads else times,
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
