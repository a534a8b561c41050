"""补录 at the desk: ballots and elections of sessions held before the portal."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from congress.admin.acting import actor
from congress.enums import BallotMethod, BallotState
from congress.forms.owned import owned
from congress.forms.past_votes import PastBallotForm, PastElectionForm
from congress.forms.voting import papers_of
from congress.models import AgendaItem, Committee, Sitting
from congress.services import past_votes
from congress.services.ballots import Votes
from congress.services.past_votes import Attendance
from union_portal.base.admin import object_action


def may_void(sheet: Any) -> bool:
    """Offer to void what is not confirmed yet, or was wrongly recorded from old papers."""
    if sheet.state == BallotState.CONFIRMED:
        return bool(sheet.recorded) and getattr(sheet, "approved_on", None) is None
    return sheet.state in {BallotState.OPEN, BallotState.COUNTED}


def _attendance(data: dict[str, Any]) -> Attendance:
    return Attendance(
        due=data.pop("due"),
        present=data.pop("present"),
        method=BallotMethod(data.pop("method")),
        papers=papers_of(data),
    )


class RecordsBallots:
    """The step that records a past ballot."""

    @object_action(
        description="补录表决",
        permission="congress.run_session",
        form=owned(PastBallotForm),
        icon="history",
    )
    def record_ballot(
        self, request: HttpRequest, _subject: None, item: AgendaItem, source: str, **data: Any
    ) -> HttpResponseBase:
        """Record it and go to its page."""
        made = past_votes.record_ballot(
            item=item,
            attendance=_attendance(data),
            votes=Votes(data["votes_for"], data["votes_against"], data["abstained"]),
            source=source,
            actor=actor(request),
        )
        response: HttpResponse = redirect("admin:congress_ballot_change", made.pk)
        return response


class RecordsElections:
    """The step that records a past election."""

    @object_action(
        description="补录选举",
        permission="congress.run_session",
        form=owned(PastElectionForm),
        icon="history",
    )
    def record_election(
        self,
        request: HttpRequest,
        _subject: None,
        sitting: Sitting,
        committee: Committee,
        seats: int,
        item: AgendaItem | None,
        lines: list[past_votes.Line],
        source: str,
        **data: Any,
    ) -> HttpResponseBase:
        """Record it and go to its page."""
        made = past_votes.record_election(
            sitting=sitting,
            committee=committee,
            seats=seats,
            item=item,
            lines=lines,
            attendance=_attendance(data),
            source=source,
            actor=actor(request),
        )
        response: HttpResponse = redirect("admin:congress_election_change", made.pk)
        return response
