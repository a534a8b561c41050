"""Ballots at the desk: open, enter the counting sheet, confirm or count again."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congress.admin.acting import SHEET_STYLES, actor
from congress.admin.counting_page import SheetAdmin
from congress.admin.past_votes import RecordsBallots, may_void
from congress.enums import BallotMethod, BallotState
from congress.forms.voting import (
    ConfirmForm,
    OpenBallotForm,
    ReasonForm,
    ballot_count_form,
    counters_initial,
    papers_of,
)
from congress.models import AgendaItem, Ballot
from congress.services import ballots
from congress.services.ballots import Votes
from union_portal.base.admin import object_action


def in_state(*states: BallotState) -> Any:
    """Offer a step in these states."""
    return lambda sheet: sheet.state in states


def says_count(_admin: Any, _request: Any, sheet: Any) -> str:
    """Say what is about to become final."""
    if isinstance(sheet, Ballot):
        return _(
            "%(agreed)s for, %(against)s against, %(abstained)s abstained; %(needed)s of %(due)s are needed. "
            "Once confirmed the result is final."
        ) % {
            "agreed": sheet.votes_for,
            "against": sheet.votes_against,
            "abstained": sheet.abstained,
            "needed": sheet.needed,
            "due": sheet.due,
        }
    return _("%(needed)s of %(due)s votes elect. Once confirmed the result is final.") % {
        "needed": sheet.needed,
        "due": sheet.due,
    }


def opening_form(base: Any, *names: str) -> Any:
    """Return a function that fills the form's choices from the address, as links on the session's page name them."""

    def form(_admin: Any, request: HttpRequest, _subject: Any) -> Any:
        class Form(base):  # type: ignore[misc]
            user = request.user

            def __init__(self, *args: Any, **kwargs: Any) -> None:
                super().__init__(*args, **kwargs)
                for name in names:
                    if request.GET.get(name, "").isdecimal():
                        self.fields[name].initial = request.GET[name]

        return Form

    return form


@admin.register(Ballot)
class BallotAdmin(RecordsBallots, SheetAdmin):
    """表决."""

    list_display = ("item", "sitting_shown", "method", "due", "needed", "votes_for", "state", "result", "opened_at")
    list_filter = ("state", "result", "method", "item__sitting__session")
    list_select_related = ("item__sitting__congress__branch", "item__sitting__session")
    search_fields = ("item__title",)
    actions_list = ("open_ballot", "record_ballot")
    actions_detail = ("confirm", "enter_count", "recount_present", "send_back", "void")
    page_template = "congress/admin/ballot.html"

    class Media:
        css: ClassVar[dict[str, list[str]]] = SHEET_STYLES

    @admin.display(description=gettext_lazy("sitting"), ordering="item__sitting__session__convened_on")
    def sitting_shown(self, ballot: Ballot) -> str:
        """Name the sitting."""
        return str(ballot.item.sitting)

    def page_context(self, sheet: Any) -> dict[str, Any]:
        """Name item and session."""
        return {"item": sheet.item, "session": sheet.item.sitting.session, "sitting": sheet.item.sitting}

    @object_action(
        description=gettext_lazy("Open a ballot"),
        permission="congress.run_session",
        form=opening_form(OpenBallotForm, "item"),
        icon="how_to_vote",
        primary=True,
    )
    def open_ballot(
        self, request: HttpRequest, _subject: None, item: AgendaItem, method: str, **counters: Any
    ) -> HttpResponseBase:
        """Open it and go to its page."""
        made = ballots.open_ballot(item=item, method=BallotMethod(method), actor=actor(request), **counters)
        response: HttpResponse = redirect("admin:congress_ballot_change", made.pk)
        return response

    @object_action(
        description=gettext_lazy("Enter the counting sheet"),
        permission="congress.run_session",
        form=ballot_count_form,
        initial=counters_initial,
        confirmation=lambda _admin, _request, ballot: (
            _("%(due)d are due, %(present)d are present; %(needed)d votes carry.")
            % {"due": ballot.due, "present": ballot.present, "needed": ballot.needed}
        ),
        offered=in_state(BallotState.OPEN),
        icon="edit_note",
        primary=True,
    )
    def enter_count(self, request: HttpRequest, subject: Ballot, **data: Any) -> str:
        """Enter it."""
        papers = papers_of(data)
        votes = Votes(data.pop("votes_for"), data.pop("votes_against"), data.pop("abstained"))
        ballots.enter_count(ballot=subject, votes=votes, papers=papers, actor=actor(request), **data)
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
    def confirm(self, request: HttpRequest, subject: Ballot, signed_sheet: str) -> str:
        """Confirm it."""
        done = ballots.confirm(ballot=subject, actor=actor(request), signed_sheet=signed_sheet)
        return _("“%(item)s”: %(result)s.") % {"item": done.item, "result": done.get_result_display()}

    @object_action(
        description=gettext_lazy("Count those present again"),
        permission="congress.run_session",
        confirmation=lambda *_args: _("Voters who came after the opening of this vote are counted as present."),
        offered=in_state(BallotState.OPEN),
        icon="sync",
    )
    def recount_present(self, _request: HttpRequest, subject: Ballot) -> str:
        """Count them."""
        done = ballots.recount_present(ballot=subject)
        return _("%(present)d are present.") % {"present": done.present}

    @object_action(
        description=gettext_lazy("Have it counted again"),
        permission="congress.confirm_count",
        form=ReasonForm,
        confirmation=lambda *_args: _("The count is taken off the sheet and entered anew; the history keeps it."),
        offered=in_state(BallotState.COUNTED),
        icon="replay",
    )
    def send_back(self, request: HttpRequest, subject: Ballot, reason: str) -> str:
        """Send it back."""
        ballots.send_back(ballot=subject, reason=reason, actor=actor(request))
        return _("The votes are counted again.")

    @object_action(
        description=gettext_lazy("Void"),
        permission="congress.run_session",
        form=ReasonForm,
        confirmation=lambda *_args: _("The vote counts for nothing; the item can be voted on anew."),
        offered=may_void,
        icon="block",
        grave=True,
    )
    def void(self, request: HttpRequest, subject: Ballot, reason: str) -> str:
        """Void it."""
        ballots.void(ballot=subject, reason=reason, actor=actor(request))
        return _("The vote is voided.")
