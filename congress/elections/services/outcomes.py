"""Who is elected by the votes counted, and how many candidates an election needs."""

from collections.abc import Iterable
from dataclasses import dataclass

from congress.elections.models import Candidate, Election
from congress.voting.enums import BallotState


@dataclass(frozen=True)
class ElectionOutcome:
    """Who is elected, who is level at the last seat, and how many seats stay open."""

    elected: tuple[Candidate, ...]
    tied: tuple[Candidate, ...]
    open_seats: int


def least_candidates(*, seats: int, min_surplus: int) -> int:
    """Return how many must stand: the seats and the surplus in percent, rounded up."""
    return seats + -(-seats * min_surplus // 100)


def outcome(*, candidates: Iterable[Candidate], seats: int, needed: int) -> ElectionOutcome:
    """Judge a count: the votes needed, most votes when more have them than seats; a tie elects none of those level."""
    above = sorted((one for one in candidates if (one.votes or 0) >= needed), key=lambda one: -(one.votes or 0))
    elected, tied = above[:seats], []
    if len(above) > seats and above[seats].votes == above[seats - 1].votes:
        border = above[seats].votes
        elected = [one for one in above[:seats] if one.votes != border]
        tied = [one for one in above if one.votes == border]
    return ElectionOutcome(elected=tuple(elected), tied=tuple(tied), open_seats=seats - len(elected))


def outcome_of(election: Election) -> ElectionOutcome:
    """Judge a counted election; of one recorded later, whom its source names as elected."""
    rows = election.candidates.select_related("person")
    if election.recorded:
        named = tuple(one for one in rows if one.elected)
        return ElectionOutcome(elected=named, tied=(), open_seats=max(election.seats - len(named), 0))
    return outcome(candidates=rows, seats=election.seats, needed=1 if election.by_most_votes else election.needed)


def elected_in(*, election: Election) -> list[Candidate]:
    """Return everybody elected in all confirmed rounds, in the order of strokes."""
    root = election.first_round_id or election.pk
    rounds = Election.objects.filter(state=BallotState.CONFIRMED)
    both = rounds.filter(pk=root) | rounds.filter(first_round=root)
    rows = Candidate.objects.filter(election__in=both, elected=True).select_related("person")
    return list(rows.order_by("person__stroke_key", "pk"))


def has_open_seats(election: Election) -> bool:
    """Whether this is the last round, confirmed, with seats neither filled nor left vacant by decision."""
    if election.state != BallotState.CONFIRMED or election.left_open is not None:
        return False
    root = election.first_round or election
    later = root.later_rounds.filter(opened_at__gt=election.opened_at).exclude(state=BallotState.VOIDED)
    return root.approved_on is None and bool(outcome_of(election).open_seats) and not later.exists()
