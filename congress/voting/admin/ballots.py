"""Ballots at the desk: open, enter the counting sheet, confirm or count again."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from congress.bodies.admin import SHEET_STYLES, actor
from congress.sessions.models import AgendaItem
from congress.voting.admin.past_ballots import RecordsBallots, may_void
from congress.voting.admin.sheets import SheetAdmin
from congress.voting.enums import BallotMethod, BallotState
from congress.voting.forms.counting import (
    ConfirmForm,
    OpenBallotForm,
    RecountForm,
    ballot_count_form,
    counters_initial,
    papers_of,
)
from congress.voting.models import Ballot
from congress.voting.services import ballots
from congress.voting.services.ballots import Votes
from union_portal.base.admin import object_action


def in_state(*states: BallotState) -> Any:
    """Offer a step in these states."""
    return lambda sheet: sheet.state in states


def says_count(_admin: Any, _request: Any, sheet: Any) -> str:
    """Say what is about to become final."""
    if isinstance(sheet, Ballot):
        return (
            f"同意 {sheet.votes_for} 票，不同意 {sheet.votes_against} 票，弃权 {sheet.abstained} 票；"
            f"应到 {sheet.due} 人，须 {sheet.needed} 票方为通过。确认后结果不再更改。"
        )
    return f"应到 {sheet.due} 人，须 {sheet.needed} 票方能当选。确认后结果不再更改。"


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
    page_template = "congress/voting/admin/ballot.html"

    class Media:
        css: ClassVar[dict[str, list[str]]] = SHEET_STYLES

    @admin.display(description="会议（分大会）", ordering="item__sitting__session__convened_on")
    def sitting_shown(self, ballot: Ballot) -> str:
        """Name the sitting."""
        return str(ballot.item.sitting)

    def page_context(self, sheet: Any) -> dict[str, Any]:
        """Name item and session."""
        return {"item": sheet.item, "session": sheet.item.sitting.session, "sitting": sheet.item.sitting}

    @object_action(
        description="发起表决",
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
        description="录入计票单",
        permission="congress.run_session",
        form=ballot_count_form,
        initial=counters_initial,
        confirmation=lambda _admin, _request, ballot: (
            f"应到 {ballot.due} 人，实到 {ballot.present} 人；须 {ballot.needed} 票同意方为通过。"
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
        return "计票单已录入，待监票人确认。"

    @object_action(
        description="确认计票单",
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
        return f"“{done.item}”：{done.get_result_display()}。"

    @object_action(
        description="重新清点到会人数",
        permission="congress.run_session",
        confirmation=lambda *_args: "表决发起后到会的代表也计入实到人数，应到人数不变。",
        offered=in_state(BallotState.OPEN),
        icon="sync",
    )
    def recount_present(self, _request: HttpRequest, subject: Ballot) -> str:
        """Count them."""
        done = ballots.recount_present(ballot=subject)
        return f"实到 {done.present} 人。"

    @object_action(
        description="退回重新计票",
        permission="congress.confirm_count",
        form=RecountForm,
        confirmation=lambda *_args: "本次录入的票数将清空并重新录入，原记录保留在变更历史中。",
        offered=in_state(BallotState.COUNTED),
        icon="replay",
    )
    def send_back(self, request: HttpRequest, subject: Ballot, reason: str) -> str:
        """Send it back."""
        ballots.send_back(ballot=subject, reason=reason, actor=actor(request))
        return "已退回，请重新计票。"

    @object_action(
        description="作废",
        permission="congress.run_session",
        form=RecountForm,
        confirmation=lambda *_args: "本次表决作废，该议题可以重新表决。",
        offered=may_void,
        icon="block",
        grave=True,
    )
    def void(self, request: HttpRequest, subject: Ballot, reason: str) -> str:
        """Void it."""
        ballots.void(ballot=subject, reason=reason, actor=actor(request))
        return "已作废。"
