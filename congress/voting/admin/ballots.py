"""Ballots at the desk: open, enter the counting sheet, confirm or count again; record those known from papers."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponseBase

from congress.bodies.forms.scope import form_for_user
from congress.sessions.models import AgendaItem
from congress.voting.admin.sheets import SheetAdmin, attendance_of
from congress.voting.forms import OpenBallotForm, PastBallotForm, ballot_count_form, opening_form
from congress.voting.models import Ballot
from congress.voting.services import ballots
from congress.voting.services.ballots import Votes
from union_portal.accounts.requests import account_of
from union_portal.base.admin import object_action
from union_portal.base.admin.columns import column, share


@admin.register(Ballot)
class BallotAdmin(SheetAdmin):
    list_display = ("item", "sitting_shown", "method", "votes_shown", "result", "state_shown")
    export_also = ("due", "needed", "votes_for", "opened_at")
    list_filter = ("state", "result", "method", "item__sitting__session")
    list_select_related = ("item__sitting__congress__branch", "item__sitting__session")
    search_fields = ("item__title",)
    actions_list = ("open_ballot", "record_ballot")
    actions_detail = ("confirm", "enter_count", "recount_present", "send_back", "void")
    page_template = "congress/voting/admin/ballot.html"
    enter, confirmed = staticmethod(ballots.enter_count), staticmethod(ballots.confirm)
    votes_shown = share("赞成票", "votes_for", "due")
    sitting_shown = column("会议（分大会）", "item__sitting", by="item__sitting__session__convened_on")

    def page_context(self, sheet: Any) -> dict[str, Any]:
        return {"title": str(sheet), "item": sheet.item}

    def count_form(self, request: HttpRequest, sheet: Any) -> Any:
        return ballot_count_form(self, request, sheet)

    def count(self, data: dict[str, Any]) -> Votes:
        return Votes(data.pop("votes_for"), data.pop("votes_against"), data.pop("abstained"))

    def said_confirmed(self, sheet: Any) -> str:
        return f"“{sheet.item}”：{sheet.get_result_display()}。"

    @object_action(
        description="发起表决",
        permission="congress.run_session",
        form=opening_form(OpenBallotForm),
        icon="how_to_vote",
        primary=True,
    )
    def open_ballot(self, request: HttpRequest, _subject: None, **data: Any) -> HttpResponseBase:
        return self.to_page(ballots.open_ballot(actor=account_of(request), **data))

    @object_action(
        description="补录表决", permission="congress.run_session", form=form_for_user(PastBallotForm), icon="history"
    )
    def record_ballot(
        self, request: HttpRequest, _subject: None, item: AgendaItem, source: str, **data: Any
    ) -> HttpResponseBase:
        attendance, votes = attendance_of(data), self.count(data)
        made = ballots.record_ballot(
            item=item, attendance=attendance, votes=votes, source=source, actor=account_of(request)
        )
        return self.to_page(made)
