"""Elections at the desk: candidates, counting sheet, further rounds, the higher union's approval."""

import datetime as dt
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import F
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from congress.admin.acting import SHEET_STYLES, actor
from congress.admin.ballots import in_state, opening_form, says_count
from congress.admin.counting_page import SheetAdmin
from congress.admin.past_votes import RecordsElections, may_void
from congress.enums import BallotMethod, BallotState
from congress.forms.voting import (
    ApprovalForm,
    ConfirmForm,
    CountersForm,
    OpenElectionForm,
    ReasonForm,
    counters_initial,
    election_count_form,
    papers_of,
)
from congress.models import Election
from congress.services import approvals, elections, vacancies
from congress.services.vacancies import has_open_seats
from union_portal.base.admin import object_action


def _may_run_again(election: Election) -> bool:
    return not election.recorded and has_open_seats(election)


def _awaits_approval(election: Election) -> bool:
    first = election.state == BallotState.CONFIRMED and election.first_round_id is None
    return first and election.approved_on is None


@admin.register(Election)
class ElectionAdmin(RecordsElections, SheetAdmin):
    """选举."""

    list_display = (
        "committee",
        "sitting",
        "round_shown",
        "seats",
        "due",
        "needed",
        "state",
        "approved_on",
        "opened_at",
    )
    list_filter = ("state", "committee", "sitting__session")
    list_select_related = ("committee", "sitting__congress__branch", "sitting__session")
    search_fields = ("committee__name",)
    actions_list = ("open_election", "record_election")
    actions_detail = (
        "confirm", "enter_count", "second_round", "leave_open", "approve", "recount_present", "send_back", "void",
    )  # fmt: skip
    page_template = "congress/admin/election.html"

    class Media:
        css: ClassVar[dict[str, list[str]]] = SHEET_STYLES

    @admin.display(description=pgettext_lazy("election", "round"))
    def round_shown(self, election: Election) -> str:
        """Say which round."""
        return _("further round") if election.first_round_id else _("first round")

    def heading(self, sheet: Any) -> str:
        """Name what is elected."""
        return str(sheet.committee)

    def page_context(self, sheet: Any) -> dict[str, Any]:
        """Add the candidates, what came of it, and the other rounds."""
        root = sheet.first_round or sheet
        counted = sheet.state in {BallotState.COUNTED, BallotState.CONFIRMED}
        rows = sheet.candidates.select_related("person")
        return {
            "session": sheet.sitting.session,
            "sitting": sheet.sitting,
            "candidates": rows.order_by(F("votes").desc(nulls_last=True), "person__stroke_key") if counted else rows,
            "found": elections.outcome_of(sheet) if counted else None,
            "rounds": [root, *root.later_rounds.order_by("opened_at")],
            "elected": elections.elected_in(election=sheet),
            "root": root,
            "undecided": has_open_seats(sheet),
        }

    @object_action(
        description=gettext_lazy("Open an election"),
        permission="congress.run_session",
        form=opening_form(OpenElectionForm, "item", "sitting", "committee"),
        icon="how_to_vote",
        primary=True,
    )
    def open_election(self, request: HttpRequest, _subject: None, method: str, **data: Any) -> HttpResponseBase:
        """Open it and go to its page."""
        made = elections.open_election(method=BallotMethod(method), actor=actor(request), **data)
        response: HttpResponse = redirect("admin:congress_election_change", made.pk)
        return response

    @object_action(
        description=gettext_lazy("Enter the counting sheet"),
        permission="congress.run_session",
        form=election_count_form,
        initial=counters_initial,
        confirmation=lambda _admin, _request, election: (
            _("%(due)d are due, %(present)d are present; %(needed)d votes elect. Each paper holds %(seats)d names.")
            % {
                "due": election.due,
                "present": election.present,
                "needed": election.needed,
                "seats": election.seats,
            }
        ),
        offered=in_state(BallotState.OPEN),
        icon="edit_note",
        primary=True,
    )
    def enter_count(self, request: HttpRequest, subject: Election, **data: Any) -> str:
        """Enter it."""
        papers = papers_of(data)
        votes = {int(key.removeprefix("votes_")): data.pop(key) for key in [*data] if key.startswith("votes_")}
        elections.enter_count(election=subject, votes=votes, papers=papers, actor=actor(request), **data)
        return _("Entered; it waits for the scrutineer's confirmation.")

    @object_action(
        description=gettext_lazy("Confirm the counting sheet"),
        permission="congress.confirm_count",
        form=ConfirmForm,
        confirmation=says_count,
        offered=in_state(BallotState.COUNTED),
        icon="verified",
        primary=True,
    )
    def confirm(self, request: HttpRequest, subject: Election, signed_sheet: str) -> str:
        """Confirm it."""
        done = elections.confirm(election=subject, actor=actor(request), signed_sheet=signed_sheet)
        found = elections.outcome_of(done)
        return _("%(elected)d elected, %(open)d seats open.") % {
            "elected": len(found.elected),
            "open": found.open_seats,
        }

    @object_action(
        description=gettext_lazy("Open another round"),
        permission="congress.run_session",
        form=CountersForm,
        initial=counters_initial,
        confirmation=lambda _admin, _request, election: (
            _("%(open)d seats are open; those level at the last seat stand, else all who were not elected.")
            % {"open": elections.outcome_of(election).open_seats}
        ),
        offered=_may_run_again,
        icon="repeat",
        primary=True,
    )
    def second_round(self, request: HttpRequest, subject: Election, **counters: Any) -> HttpResponseBase:
        """Open it and go to its page."""
        made = elections.second_round(election=subject, actor=actor(request), **counters)
        response: HttpResponse = redirect("admin:congress_election_change", made.pk)
        return response

    @object_action(
        description=gettext_lazy("Leave the open seats vacant"),
        permission="congress.run_session",
        form=ReasonForm,
        confirmation=lambda _admin, _request, election: (
            _("%(open)d seats stay vacant (空缺); no further round follows.")
            % {"open": elections.outcome_of(election).open_seats}
        ),
        offered=has_open_seats,
        icon="event_seat",
    )
    def leave_open(self, request: HttpRequest, subject: Election, reason: str) -> str:
        """Leave them vacant."""
        done = vacancies.leave_open(election=subject, reason=reason, actor=actor(request))
        return _("%(count)d seats stay vacant.") % {"count": done.left_open or 0}

    @object_action(
        description=gettext_lazy("Record the approval (批复)"),
        permission="congress.record_approval",
        form=ApprovalForm,
        confirmation=lambda _admin, _request, election: (
            _("%(count)d people take their seats: %(names)s.")
            % {
                "count": len(found := elections.elected_in(election=election)),
                "names": "、".join(one.person.name for one in found),
            }
        ),
        offered=_awaits_approval,
        icon="approval",
    )
    def approve(
        self, request: HttpRequest, subject: Election, on: dt.date, document: str, begins_on: dt.date | None
    ) -> str:
        """Record it."""
        seats = approvals.approve(election=subject, on=on, document=document, begins_on=begins_on, actor=actor(request))
        return _("%(count)d seats begin.") % {"count": len(seats)}

    @object_action(
        description=gettext_lazy("Count those present again"),
        permission="congress.run_session",
        confirmation=lambda *_args: _("Voters who came after the opening of this vote are counted as present."),
        offered=in_state(BallotState.OPEN),
        icon="sync",
    )
    def recount_present(self, _request: HttpRequest, subject: Election) -> str:
        """Count them."""
        done = elections.recount_present(election=subject)
        return _("%(present)d are present.") % {"present": done.present}

    @object_action(
        description=gettext_lazy("Have it counted again"),
        permission="congress.confirm_count",
        form=ReasonForm,
        confirmation=lambda *_args: _("The count is taken off the sheet and entered anew; the history keeps it."),
        offered=in_state(BallotState.COUNTED),
        icon="replay",
    )
    def send_back(self, request: HttpRequest, subject: Election, reason: str) -> str:
        """Send it back."""
        elections.send_back(election=subject, reason=reason, actor=actor(request))
        return _("The votes are counted again.")

    @object_action(
        description=gettext_lazy("Void"),
        permission="congress.run_session",
        form=ReasonForm,
        confirmation=lambda *_args: _("The vote counts for nothing; the election can be opened anew."),
        offered=may_void,
        icon="block",
        grave=True,
    )
    def void(self, request: HttpRequest, subject: Election, reason: str) -> str:
        """Void it."""
        elections.void(election=subject, reason=reason, actor=actor(request))
        return _("The vote is voided.")
