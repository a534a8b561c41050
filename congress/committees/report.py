"""The figures of committees: their meetings, who came, and the documents these reviewed."""

from typing import Any

from django.db.models import BigIntegerField, Case, Q, TextField, Value, When
from django.db.models.functions import Coalesce, Concat

from congress.bodies.querysets import quorate
from congress.bodies.report import turnout
from congress.committees.models import Committee, CommitteeSeat, Meeting, ReviewedDocument
from union_portal.base.figures.kind import Kind, Ratio
from union_portal.base.sql import bare, in_marks


def _keeper(committee: str = "") -> Coalesce:
    """Return the branch whose committee stands at the path, its own or of its congress; none for the school's."""
    path = f"{committee}__" if committee else ""
    return Coalesce(f"{path}branch", f"{path}congress__branch", output_field=BigIntegerField())


_MEETINGS = Meeting.objects.annotate(
    keeper=_keeper("committee"),
    called=Case(
        When(title="", then=Concat("committee__name", Value("会议"), output_field=TextField())),
        default="title",
        output_field=TextField(),
    ),
)
_HELD: dict[str, Any] = {
    "records": _MEETINGS,
    "day": "held_on",
    "part": "committee__kind",
    "owner": "keeper",
    "columns": ("held_on", "committee", "title", "due", "present"),
}

KINDS: list[Kind | Ratio] = [
    Kind(
        "congress.committees_formed",
        "新一届委员会",
        unit="个",
        records=Committee.objects.annotate(keeper=_keeper()),
        day="began_on",
        part="kind",
        title="name",
        owner="keeper",
        columns=("began_on", "name", "kind", "ends_on"),
        basis="委员会登记，按任期开始日期计",
    ),
    Kind(
        "congress.by_elections",
        "补选委员",
        unit="个",
        records=CommitteeSeat.objects.annotate(keeper=_keeper("committee")),
        where=Q(by_election=True),
        day="valid_from",
        once="committee",
        heads="person",
        title="committee__name",
        owner="keeper",
        columns=("valid_from", "committee", "person__staff_number", "person__name", "post"),
        basis="委员会任职登记（补选），按任职开始日期计",
    ),
    Kind(
        "congress.meetings",
        "委员会会议次数",
        unit="次",
        title="called",
        basis="委员会会议，按召开日期计",
        **_HELD,
    ),
    Kind(
        "congress.meetings_quorate",
        "符合法定人数的委员会会议",
        unit="次",
        where=quorate("committee"),
        title="called",
        basis="应到、实到均有登记且实到达到法定人数的委员会会议，按召开日期计",
        **_HELD,
    ),
    *turnout("congress.meeting", "委员会会议应到", "委员会会议实到", "委员会会议出席率", **_HELD),
    Kind(
        "congress.documents",
        "委员会审议文件",
        unit="个",
        records=ReviewedDocument.objects.annotate(
            keeper=_keeper("meeting__committee"), plain=bare("title"), marked=in_marks("title")
        ),
        day="meeting__held_on",
        part="meeting__committee__kind",
        once="plain",
        title="marked",
        owner="keeper",
        columns=("meeting__held_on", "meeting__committee", "title"),
        basis="委员会会议审议文件，按会议日期计，同名文件计一个",
    ),
]
