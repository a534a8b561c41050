"""Counting the proposals of an account, and the totals without forms (往年数据补录) that contain some of them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from congress.proposal_reports.report.totals import Total, bodies_of
from congress.ratings.querysets import ACCOUNT_NAMES
from congress.sessions.models import Session

_RATED = ("satisfied", "basically", "dissatisfied")


class Counts:
    """What was counted as a whole, by session, by span of several sessions that only a total covers, and by body."""

    def __init__(self, chosen: Sequence[Session], totals: Sequence[Total]) -> None:
        self.totals = totals
        self.by_session: dict[int, Counter[str]] = {one.pk: Counter() for one in chosen}
        self.spans: dict[str, Counter[str]] = {}
        self.last_of: dict[str, int] = {}
        self.by_body: dict[str, Counter[str]] = {}
        self.with_totals: set[int] = set()
        self.bodies_known = True
        sat = bodies_of([pk for one in totals for pk in one.sessions]) if totals else {}
        for total in totals:
            self._enter(total, frozenset().union(*(sat.get(pk, frozenset()) for pk in total.sessions)))

    @property
    def whole(self) -> Counter[str]:
        return sum((*self.by_session.values(), *self.spans.values()), Counter[str]())

    def add(self, names: Iterable[str], *, session: int, body: str) -> None:
        """Count a proposal as these, except as what a total contains already."""
        seen = {
            name
            for name in names
            if not any(total.contains(name=name, session=session, body=body) for total in self.totals)
        }
        self.by_session[session].update(seen)
        self.by_body.setdefault(body, Counter()).update(seen)

    def _enter(self, total: Total, sat: frozenset[str]) -> None:
        """Add a total to its session, or to a span of its own, and to the body when it can only be of one."""
        own = {total.name: total.times}
        if total.part:
            self.with_totals.update(total.sessions if len(total.sessions) == 1 else ())
        elif len(total.sessions) == 1:
            self.by_session[total.sessions[0]].update(own)
            self.with_totals.add(total.sessions[0])
        else:
            title = f"{total.row.period_start:%Y-%m-%d}至{total.row.period_end:%Y-%m-%d}往年数据补录"
            self.spans.setdefault(title, Counter()).update(own)
            self.last_of[title] = total.sessions[-1]
        bodies = total.bodies or sat
        if len(bodies) == 1:
            self.by_body.setdefault(next(iter(bodies)), Counter()).update(own)
        elif total.times and not self._told_apart(total, bodies):
            self.bodies_known = False

    def _told_apart(self, total: Total, bodies: frozenset[str]) -> bool:
        """Tell whether parts of the total say what is each body's."""
        parts = [one for one in self.totals if one.part and len(one.bodies) == 1 and total.holds(one)]
        return (
            bodies == {body for one in parts for body in one.bodies}
            and sum(one.times for one in parts if one.sessions == total.sessions) == total.times
        )


def numbers_of(counted: Mapping[str, int]) -> dict[str, int]:
    """Return every number of the account; rated are those of the three grades."""
    numbers = {name: counted.get(name, 0) for name in ACCOUNT_NAMES}
    return numbers | {"rated": sum(numbers[name] for name in _RATED)}
