"""A check of the auditor's desk and what it finds."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils import timezone

from union_portal.base.sql import among
from welfare.grants.enums import GrantState
from welfare.grants.models import Grant

# What was decided and not taken back: given, or to be given.
DECIDED = (GrantState.DUE, GrantState.RECEIVED, GrantState.RETURNED)


@dataclass(frozen=True, kw_only=True)
class Matter:
    """One line: the day, what it is about, on what it rests, whose hands, how it stands; where it is looked at.

    It leads to the row (`model` and `pk`), or to a list that `query` narrows.
    """

    on: dt.date | None
    about: str
    words: str
    amount: Decimal | None = None
    standing: str = "疑点"
    waits: bool = True
    approver: str = ""
    entered_by: str = ""
    confirmed_by: str = ""
    model: str = ""
    pk: int | None = None
    query: str = ""
    check: str = ""
    # The key of the finding that was raised about it.
    finding: int | None = None

    @property
    def ref(self) -> str:
        """What tells it from the check's others."""
        return f"{self.model}:{self.pk}" if self.pk else f"{self.model}?{self.query}" if self.query else self.about

    @property
    def hands(self) -> list[tuple[str, str]]:
        """Who approved, entered and confirmed, as far as it is known."""
        told = (("审批", self.approver), ("登记", self.entered_by), ("确认", self.confirmed_by))
        return [(words, name) for words, name in told if name]


@dataclass(frozen=True)
class Check:
    """A question that is put to a year's rows: its name, what it asks and why, and the function that answers.

    What a `fault` finds should not be; what the others find is to be read.
    """

    key: str
    name: str
    tells: str
    find: Callable[[int], Iterable[Matter]]
    fault: bool = True

    def matters(self, *, year: int) -> list[Matter]:
        """Return what it finds in the year: what waits for somebody first, then the newest."""
        found = [replace(one, check=self.key) for one in self.find(year)]
        return sorted(found, key=lambda one: (not one.waits, -(one.on or dt.date.min).toordinal()))


def fits(*, one: Matter, asked: Mapping[str, str]) -> bool:
    """Tell whether the matter is of the standing asked for, and told in all the words."""
    if asked.get("standing") == "waits" and not one.waits:
        return False
    told = f"{one.about} {one.words} {one.approver} {one.entered_by} {one.confirmed_by}"
    return all(word in told for word in asked.get("q", "").split())


def who(user: Any) -> str:
    """Name an account; nothing where there is none."""
    return user.name if user is not None else ""


def day_of(moment: dt.datetime | None) -> dt.date | None:
    """Return a moment's day in the portal's calendar."""
    return timezone.localdate(moment) if moment is not None else None


def in_year(year: int) -> tuple[dt.date, dt.date]:
    """Return the year's first day and its last."""
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def of_grants(found: Iterable[Any], words: Callable[[Grant], str]) -> list[Matter]:
    """Return the grants as matters: a single one by itself, those of one round together."""
    keys = [one if isinstance(one, int) else one.pk for one in found]
    rows = Grant.objects.filter(among("id", keys)).select_related(
        *("person", "benefit", "rule", "round__occasion", "round__benefit", "round__approved_by", "round__prepared_by"),
        *("approved_by", "prepared_by", "payer"),
    )
    rounds: dict[int, list[Grant]] = defaultdict(list)
    told = []
    for one in rows:
        if one.round_id is not None:
            rounds[one.round_id].append(one)
            continue
        told.append(
            Matter(
                on=one.granted_on,
                about=str(one),
                words=words(one),
                amount=one.amount,
                approver=who(one.approved_by),
                entered_by=who(one.prepared_by),
                model="grant",
                pk=one.pk,
            )
        )
    for grants in rounds.values():
        one = grants[0]
        of: Any = one.round
        about = f"{of}（{one.person}）" if len(grants) == 1 else f"{of}（{len(grants):,} 人）"
        told.append(
            Matter(
                on=of.handed_out_on or of.cut_off_on,
                about=about,
                words=words(one),
                amount=sum((each.amount or Decimal(0) for each in grants), Decimal(0)),
                approver=who(of.approved_by),
                entered_by=who(of.prepared_by),
                model="round",
                pk=of.pk,
            )
        )
    return told


def decided_in(year: int) -> Any:
    """Return the year's grants that were decided and not taken back."""
    return Grant.objects.filter(state__in=DECIDED, granted_on__range=in_year(year)).order_by()


# Decided upon a paper that a second account has confirmed.
ON_PAPER = Q(paper_approval__state="confirmed") | Q(round__paper_approval__state="confirmed")
