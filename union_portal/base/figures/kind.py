"""A kind of figure as one queryset: what is counted, by which day, and the rows behind it."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field, replace
from decimal import Decimal
from typing import Any

from django.db.models import DateField, DateTimeField, F, Q, QuerySet
from django.db.models.functions import Cast, TruncDate

from union_portal.base.figures import Figure, FigureKind, FigureRequest


@dataclass(frozen=True)
class Counted:
    """What the records of one request come to; no amount where none of them has one.

    `unpriced` are those without an amount, `unit_price` is the amount that all the others share, `first` and `last` are
    their days, `noted` are the keys of what its kind notes, as texts, each combination once, `things` are the keys of
    what was counted once each, where records were judged alike.
    """

    times: int = 0
    heads: int = 0
    amount: Decimal | None = None
    unpriced: int = 0
    unit_price: Decimal | None = None
    first: dt.date | None = None
    last: dt.date | None = None
    noted: tuple[tuple[str | None, ...], ...] = ()
    things: tuple[Any, ...] = ()


# The kind as one branch's report counts it, from the keys of the branch and of the groups below it.
Narrowed = Callable[["Kind", Sequence[int]], "Kind"]
# Sets figures against what they are a part of, all of a report at once: a constant number of queries.
Against = Callable[[Sequence[tuple[FigureRequest, Counted, Figure]]], Sequence[Figure]]


@dataclass(frozen=True)
class Kind:
    """Records that are counted together.

    `where` narrows `records`; kinds that share the same `records` object are counted and listed together. `day` is the
    path of the date they are counted by; with `until` they stand from that day to this one (empty: until further
    notice) and are counted on the last day of the period. `part` is the path by whose values the kind is counted apart
    too, `parts` their labels (default: the field's choices). `once` is what counts as one where several records tell of
    the same thing, `heads` the path to the people, `amount` that of the yuan. `columns` are the rows' paths, `basis`
    says otherwise than "借用登记，按借出日期计" which records were counted by which day. `beside` are records of other
    tables that are counted with these, by a day and parts of their own. The rows of a `sensitive` kind tell of health
    or family.

    `adds` is the path of a whole number that is added up instead of counting records: 应到 of a meeting. `title` is
    what one of them is called, where the figure is a list too; `sort` the path by whose values its largest parts are
    told.

    `owner` is the path to the branch whose own record it is: the school's report counts those of no branch, a branch's
    report its own. `branch` says how records of the whole school belong to one branch: the path, or a function that
    narrows the kind. A kind with neither has no figure in a branch's report. `compiled` is what `counting` keeps of it.

    `alike` promises that `where` and `part` look at these few-valued paths alone and multiply no record, nor `heads`:
    then those alike are judged once, by one of them, and a million are counted in a moment. `noted` are paths of which
    it is told where they lead, for `against`, which adds the denominators. `inside` are the keys of wider kinds that
    count the same records too; a kind whose key goes on from another's is inside that one anyway.
    """

    key: str
    label: str
    _: KW_ONLY
    unit: str
    records: "QuerySet[Any]"
    day: str
    where: Q = field(default_factory=Q)
    until: str = ""
    part: str = ""
    parts: Mapping[str, Any] = field(default_factory=dict)
    once: str = "pk"
    heads: str = ""
    amount: str = ""
    columns: tuple[str, ...] = ()
    permission: str = ""
    sensitive: bool = False
    basis: str = ""
    beside: "tuple[Kind, ...]" = ()
    alike: tuple[str, ...] = ()
    noted: tuple[str, ...] = ()
    against: Against | None = None
    inside: tuple[str, ...] = ()
    adds: str = ""
    title: str = ""
    sort: str = ""
    owner: str = ""
    branch: str | Narrowed = ""
    compiled: dict[tuple[Any, ...], list[Any]] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def condition(self) -> Q:
        """What narrows the records."""
        return self.where & Q(**{f"{self.owner}__isnull": True}) if self.owner else self.where

    def of_branch(self, keys: Sequence[int]) -> "Kind | None":
        """Return the kind as the report of these branches counts it, None where it belongs to no branch."""
        if callable(self.branch):
            return replace(self.branch(self, keys), alike=(), noted=())  # it may meet a record several times
        path = self.owner or self.branch
        if not path:
            return None
        beside = tuple(one for one in (one.of_branch(keys) for one in self.beside) if one is not None)
        alike = (*self.alike, path) if self.alike else ()
        where = self.where & Q(**{f"{path}__in": keys})
        return replace(self, where=where, owner="", branch="", beside=beside, alike=alike)

    @property
    def told_by(self) -> str:
        """Which records were counted, and by which day."""
        meta = self.records.model._meta  # noqa: SLF001
        by = "" if self.as_of else f"，按{field_of(self.records, self.day).verbose_name}计"
        return self.basis or f"{meta.verbose_name}{by}"

    @property
    def as_of(self) -> bool:
        """Whether it is counted on a day."""
        return bool(self.until)

    @property
    def asked(self) -> str:
        """The permission that its rows ask for."""
        meta = self.records.model._meta  # noqa: SLF001
        return self.permission or f"{meta.app_label}.view_{meta.model_name}"

    @property
    def measures(self) -> tuple[str, ...]:
        """What its figures say: people, times or things, yuan."""
        has = {"heads": self.heads, "times": not (self.as_of and self.heads), "amount": self.amount}
        return tuple(name for name, there in has.items() if there and (name == "amount" or self.unit != "元"))

    def goes_with(self, other: "Kind") -> bool:
        """Whether the two can be counted together: on a day, only where the same rows tell of the people."""
        mine, its = ((one.unit, one.as_of and one.records.model, bool(one.adds)) for one in (self, other))
        return mine == its

    def labels(self) -> Mapping[str, Any]:
        """Return the parts with their labels."""
        if self.parts or not self.part:
            return self.parts
        final = field_at(self.records.model, self.part)
        return {str(value): label for value, label in final.flatchoices}


@dataclass(frozen=True)
class Ratio:
    """A share: the kinds added up above the line and below it; its rows are those below."""

    key: str
    label: str
    _: KW_ONLY
    above: tuple[str, ...]
    below: tuple[str, ...]
    basis: str
    unit: str = "%"
    as_of: bool = False
    measures: tuple[str, ...] = ("share",)


class Catalogue:
    """An app's kinds by key; a key with a further part names a part of a kind."""

    def __init__(self, kinds: "list[Kind | Ratio]") -> None:
        self.kinds = {kind.key: kind for kind in kinds}

    def of_branch(self, keys: Sequence[int]) -> "Catalogue":
        """Return what the report of these branches can count; without keys, everything."""
        if not keys:
            return self
        own = {key: kind.of_branch(keys) for key, kind in self.kinds.items() if isinstance(kind, Kind)}
        kinds = {key: kind for key, kind in own.items() if kind is not None}
        ratios = [
            kind
            for kind in self.kinds.values()
            if isinstance(kind, Ratio) and all(key in kinds for key in (*kind.above, *kind.below))
        ]
        return Catalogue([*kinds.values(), *ratios])

    def find(self, key: str) -> "tuple[Kind | Ratio, str]":
        """Return the kind and the part of it that a key names; `KeyError` when there is no such kind."""
        if key in self.kinds:
            return self.kinds[key], ""
        stem, _dot, part = key.rpartition(".")
        return self.kinds[stem], part

    def known(self, keys: tuple[str, ...]) -> tuple[str, ...]:
        """Return the keys that are still counted."""
        return tuple(key for key in keys if key in self.kinds or key.rpartition(".")[0] in self.kinds)

    def wider(self, key: str) -> frozenset[str]:
        """Return the keys of all kinds that count what this one counts, itself among them."""
        found: set[str] = set()
        todo = [key]
        while todo:
            one = todo.pop()
            if one in found or not self.known((one,)):
                continue
            found.add(one)
            todo.append(one.rpartition(".")[0])
            kind = self.kinds.get(one)
            todo += kind.inside if isinstance(kind, Kind) else ()
        return frozenset(found | {key})

    def parts_of(self, kind: "Kind | Ratio") -> Mapping[str, Any]:
        """Return a kind's parts; a ratio has those of the kind below its line, unless a part of it is its share."""
        if isinstance(kind, Ratio) and not self.kinds.keys() >= set(kind.above):
            return {}
        below = self.kinds[kind.below[0]] if isinstance(kind, Ratio) else kind
        return below.labels() if isinstance(below, Kind) else {}

    def label(self, key: str) -> str:
        """Return what a key is called."""
        kind, part = self.find(key)
        return f"{kind.label}（{self.parts_of(kind).get(part, part)}）" if part else str(kind.label)

    def listed(self) -> list[FigureKind]:
        """Return every kind, each followed by its parts."""
        return [
            FigureKind(key, self.label(key), kind.unit, as_of=kind.as_of, measures=kind.measures)
            for kind in self.kinds.values()
            for key in (kind.key, *(f"{kind.key}.{part}" for part in self.parts_of(kind)))
        ]

    def together(self, keys: tuple[str, ...]) -> tuple[list[tuple[Kind, str]], list[str]]:
        """Return the kinds and parts that can be counted together with the first, and the labels of the others.

        What is counted in another unit, or on a day instead of over a period, cannot be added; nor can numbers to
        records, nor a ratio.
        """
        found = [(key, *self.find(key)) for key in keys]
        first = found[0][1]
        fits: list[tuple[Kind, str]] = []
        odd: list[str] = []
        for key, kind, part in found:
            if isinstance(kind, Kind) and isinstance(first, Kind) and kind.goes_with(first):
                fits.append((kind, part))
            elif kind is not first:
                odd.append(self.label(key))
        return fits, odd


def field_of(records: "QuerySet[Any]", path: str) -> Any:
    """Return the field at the end of a path, or what an annotation was said to be."""
    annotation = records.query.annotations.get(path)
    return field_at(records.model, path) if annotation is None else annotation.output_field


def field_at(model: Any, path: str) -> Any:
    """Return the field at the end of a path."""
    found: Any = None
    for name in path.split("__"):
        found = model._meta.pk if name == "pk" else model._meta.get_field(name)  # noqa: SLF001
        model = found.related_model
    return found


def leads_to_one(records: "QuerySet[Any]", path: str) -> bool:
    """Whether the path leads from each record to one thing at most; of an annotation nobody knows."""
    model: Any = records.model
    for name in path.split("__") if path else ():
        if path in records.query.annotations:
            return False
        if name != "pk":
            link = model._meta.get_field(name)  # noqa: SLF001
            if link.one_to_many or link.many_to_many:
                return False
            model = link.related_model
    return True


def day_of(kind: Kind, path: str) -> Any:
    """Return a path's value as a day of the portal's calendar."""
    is_moment = path not in kind.records.query.annotations and isinstance(
        field_at(kind.records.model, path), DateTimeField
    )
    return TruncDate(path) if is_moment else Cast(F(path), DateField())
