"""Steps of a ballot known from papers."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from congress.bodies.admin import actor
from congress.bodies.forms.scope import form_for_user
from congress.sessions.models import AgendaItem
from congress.voting.enums import BallotMethod, BallotState
from congress.voting.forms.counting import papers_of
from congress.voting.forms.past_ballots import PastBallotForm
from congress.voting.services import past_ballots
from congress.voting.services.ballots import Votes
from congress.voting.services.past_ballots import Attendance
from union_portal.base.admin import object_action


def may_void(sheet: Any) -> bool:
    """Offer to void what is not confirmed yet, or was wrongly recorded from old papers."""
    if sheet.state == BallotState.CONFIRMED:
        return bool(sheet.recorded) and getattr(sheet, "approved_on", None) is None
    return sheet.state in {BallotState.OPEN, BallotState.COUNTED}


def attendance_of(data: dict[str, Any]) -> Attendance:
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
        form=form_for_user(PastBallotForm),
        icon="history",
    )
    def record_ballot(
        self, request: HttpRequest, _subject: None, item: AgendaItem, source: str, **data: Any
    ) -> HttpResponseBase:
        """Record it and go to its page."""
        made = past_ballots.record_ballot(
            item=item,
            attendance=attendance_of(data),
            votes=Votes(data["votes_for"], data["votes_against"], data["abstained"]),
            source=source,
            actor=actor(request),
        )
        response: HttpResponse = redirect("admin:congress_ballot_change", made.pk)
        return response
