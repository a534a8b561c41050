"""What is still to be collected, by round and branch, and who signs where: as far as an account records it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from members.branches.models import Branch
from union_portal.accounts.enums import Role
from union_portal.accounts.models import User
from union_portal.base.prepared import seen
from union_portal.base.sql import among
from welfare.benefits.enums import Form
from welfare.grants.enums import GrantState, RoundState
from welfare.grants.models import Grant, GrantMove, Round
from welfare.rounds.services.handing_out import OWN_WORD
from welfare.sheets.services import roll

# What the branch of those is called who belonged to none on the cut-off date.
NO_BRANCH = "未分配分工会"
_WAITING = (GrantState.DUE, GrantState.RETURNED)


def markable(user: User) -> QuerySet[Grant]:
    """Return the grants of rounds of goods or coupons whose collection the account records.

    A branch chair's are those of whoever stood in the branch on the round's cut-off date, as on its sign-off sheet.
    """
    handed_out = Grant.objects.filter(round__isnull=False).exclude(form=Form.CASH)
    if user.is_superuser or user.has_role(Role.WELFARE):
        return handed_out
    if user.has_role(Role.BRANCH_CHAIR):
        return handed_out.filter(among("branch", Branch.objects.keys_led_by(user)))
    return handed_out.none()


@dataclass(frozen=True)
class Standing:
    """How many of a round's, or of a branch's people in it, are still to collect, and how many have."""

    round: Round
    branch_id: int
    branch: str
    due: int
    received: int

    @property
    def heads(self) -> int:
        """Everybody to whom it is due or who received it."""
        return self.due + self.received


@dataclass(frozen=True)
class Row:
    """One person of a sheet: the place on it, and what staff and the member said."""

    place: int
    grant: Grant
    recorded: GrantMove | None
    undone: GrantMove | None
    own_word: GrantMove | None


def under_way(*, user: User) -> list[Standing]:
    """Return the approved rounds in which the account records collections; two queries."""
    approved = {"round__state": RoundState.APPROVED}
    told = _told(seen(user, "collections", lambda account: _tally(markable(account).filter(**approved), "round")))
    rounds = seen(user, "rounds to collect", lambda _account: _approved()) if told else []
    return [Standing(one, 0, "", *told[one.pk]) for one in rounds if one.pk in told]


def by_branch(*, round_: Round, user: User) -> list[Standing]:
    """Return how each of the account's branches stands in the round, in the order of the branches; two queries."""
    told = _told(_tally(markable(user).filter(round=round_), "branch"))
    names = [(one.pk, one.name) for one in Branch.objects.filter(pk__in=[key for key in told if key]).order_by("code")]
    order: list[tuple[int | None, str]] = [*names, *([(None, NO_BRANCH)] if None in told else [])]
    return [Standing(round_, key or 0, name, *told[key]) for key, name in order]


def _approved() -> "QuerySet[Round]":
    found: QuerySet[Round] = Round.objects.filter(state=RoundState.APPROVED).select_related("occasion", "benefit")
    return found


def _tally(rows: "QuerySet[Grant]", link: str) -> Any:
    """Return how many are still to collect, and how many have, by the row the link leads to."""
    due = Count("pk", filter=Q(state__in=_WAITING))
    received = Count("pk", filter=Q(state=GrantState.RECEIVED))
    return rows.order_by().values_list(link).annotate(due=due, received=received)


def _told(found: Iterable[tuple[int | None, int, int]]) -> dict[int | None, tuple[int, int]]:
    """Return the tally by key, without those in which nobody has anything to collect."""
    return {key: (waiting, done) for key, waiting, done in found if waiting or done}


def places(*, round_: Round, branch_id: int) -> dict[int, tuple[int, str]]:
    """Return by grant the place on the branch's sheet and the state, in the sheet's order; one query."""
    own = roll(round_=round_).filter(branch=branch_id or None)
    return {pk: (place, state) for place, (pk, state) in enumerate(own.values_list("pk", "state"), start=1)}


def rows_of(*, places: dict[int, tuple[int, str]], keys: Iterable[int]) -> list[Row]:
    """Return the rows of these grants with what was said of each; two queries."""
    chosen = list(keys)
    grants = Grant.objects.select_related("person", "received_by").in_bulk(chosen)
    said: dict[tuple[int, str], GrantMove] = {}
    asked = GrantMove.objects.filter(among("subject", chosen), action__in=["collect", "undo_receive", OWN_WORD])
    for one in asked.select_related("actor").order_by("pk"):
        said[one.subject_id, one.action] = one
    return [
        Row(
            places[pk][0],
            grants[pk],
            said.get((pk, "collect")),
            said.get((pk, "undo_receive")),
            said.get((pk, OWN_WORD)),
        )
        for pk in chosen
    ]


def count(places: dict[int, tuple[int, str]]) -> tuple[int, int]:
    """Return how many of a sheet's people are still to collect, and how many have."""
    states = Counter(state for _place, state in places.values())
    return sum(states[state] for state in _WAITING), states[GrantState.RECEIVED]
