"""Which committees were elected at a session."""

from django.db.models import Exists, OuterRef

from congress.committees.models import CommitteeSeat
from congress.elections.models import Election
from congress.voting.enums import BallotState
from union_portal.base.figures.kind import Kind

# Who joins a committee that sits already is by-elected, and counted with its seats.
_SAT_BEFORE = CommitteeSeat.objects.filter(
    committee=OuterRef("committee"), valid_from__lt=OuterRef("sitting__session__convened_on")
)

KINDS = [
    Kind(
        "congress.elections",
        "选举产生的委员会",
        unit="个",
        records=Election.objects.filter(~Exists(_SAT_BEFORE), state=BallotState.CONFIRMED),
        day="sitting__session__convened_on",
        once="committee",
        title="committee__name",
        owner="sitting__congress__branch",
        columns=("sitting__session__convened_on", "sitting__session__title", "committee", "seats", "approved_on"),
        basis="选举登记（计票已确认），按会议召开日期计，几轮选举计一次",
    )
]
