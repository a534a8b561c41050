"""Steps of an election known from papers."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from congress.bodies.admin import actor
from congress.bodies.forms.scope import form_for_user
from congress.committees.models import Committee
from congress.elections.forms.past_elections import PastElectionForm
from congress.elections.services import past_elections
from congress.sessions.models import AgendaItem, Sitting
from congress.voting.admin.past_ballots import attendance_of
from union_portal.base.admin import object_action


class RecordsElections:
    """The step that records a past election."""

    @object_action(
        description="补录选举",
        permission="congress.run_session",
        form=form_for_user(PastElectionForm),
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
        lines: list[past_elections.PastCandidate],
        source: str,
        **data: Any,
    ) -> HttpResponseBase:
        """Record it and go to its page."""
        made = past_elections.record_election(
            sitting=sitting,
            committee=committee,
            seats=seats,
            item=item,
            lines=lines,
            attendance=attendance_of(data),
            source=source,
            actor=actor(request),
        )
        response: HttpResponse = redirect("admin:congress_election_change", made.pk)
        return response
