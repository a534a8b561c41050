"""The moves of an election."""

from congress.voting.enums import BallotState, counting_moves
from union_portal.base.states import Move

ELECTION_MACHINE = counting_moves(
    "congress.election", Move("leave_open", BallotState.CONFIRMED, BallotState.CONFIRMED, "空缺名额不再选举", why=True)
)
