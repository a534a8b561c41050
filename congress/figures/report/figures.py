"""What the congress counts, made into figures."""

from collections.abc import Sequence
from dataclasses import replace

from congress.figures.report.facts import count_delegates, count_facts
from congress.figures.report.vocabulary import APP, COUNTED, DELEGATES, MANDATES, RATIOS, Kind, label, split
from members.totals.report import Summaries
from union_portal.base.figures import Figure, FigureRequest


def count(requests: Sequence[FigureRequest]) -> list[Figure]:
    """Answer requests for the congress's kinds; at most three queries, however many requests and records there are."""
    asked, places = _taken_apart(requests)
    summaries = Summaries(asked)
    facts, delegates = count_facts(asked, summaries), count_delegates(asked)
    counted = [
        summaries.add(number, _figure(request, facts.get(number, 0), delegates.get(number, 0)))
        for number, request in enumerate(asked)
    ]
    return [
        _ratio(request, counted[own[0]], counted[own[1]]) if len(own) > 1 else counted[own[0]]
        for request, own in zip(requests, places, strict=True)
    ]


def _taken_apart(requests: Sequence[FigureRequest]) -> tuple[list[FigureRequest], list[list[int]]]:
    """Return the requests with every ratio as what stands above and below the line, and where each has its own."""
    asked: list[FigureRequest] = []
    places: list[list[int]] = []
    for request in requests:
        stem, part = split(request.kinds[0])
        own = [request]
        if stem in RATIOS:
            tail = f".{part}" if part else ""
            sides = (RATIOS[stem].above, RATIOS[stem].below)
            own = [replace(request, kinds=tuple(f"{APP}{kind}{tail}" for kind in side)) for side in sides]
        places.append(list(range(len(asked), len(asked) + len(own))))
        asked += own
    return asked, places


def _figure(request: FigureRequest, times: int, heads: int) -> Figure:
    stem, _part = split(request.kinds[0])
    kind = MANDATES if stem == DELEGATES else COUNTED[stem]
    name = request.label or "、".join(label(one) for one in request.kinds)
    if stem == DELEGATES:
        return Figure(
            key=request.key,
            label=name,
            kinds=request.kinds,
            as_of=request.period.end,
            heads=heads,
            unit=kind.unit,
            basis=f"{kind.basis}，截至{request.period.end:%Y-%m-%d}",
        )
    return Figure(
        key=request.key,
        label=name,
        kinds=request.kinds,
        period=request.period,
        times=times,
        unit=kind.unit,
        basis=_basis(request, kind),
    )


def _basis(request: FigureRequest, first: Kind) -> str:
    bases = dict.fromkeys([first.basis, *(COUNTED[split(kind)[0]].basis for kind in request.kinds)])
    return "；".join(bases)


def _ratio(request: FigureRequest, above: Figure, below: Figure) -> Figure:
    stem, _part = split(request.kinds[0])
    return Figure(
        key=request.key,
        label=request.label or label(request.kinds[0]),
        kinds=request.kinds,
        period=request.period,
        numerator=above.times or 0,
        denominator=below.times or 0,
        approximation=above.approximation or below.approximation,
        unit="%",
        basis=f"{RATIOS[stem].basis}；{below.basis}",
        summary=above.summary or below.summary,
        left_out=tuple(dict.fromkeys((*above.left_out, *below.left_out))),
    )
