"""Elections at the desk: candidates, counting sheet, further rounds, the higher union's approval."""

import datetime as dt
from typing import Any

from django.contrib import admin
from django.db.models import F
from django.http import HttpRequest, HttpResponseBase

from congress.bodies.forms.scope import form_for_user
from congress.elections.forms import ApprovalForm, OpenElectionForm, PastElectionForm, election_count_form
from congress.elections.models import Election
from congress.elections.services import elections, outcomes
from congress.elections.services.outcomes import has_open_seats
from congress.voting.admin.sheets import SheetAdmin, attendance_of
from congress.voting.enums import BallotState
from congress.voting.forms import CountersForm, WhyForm, counters_initial, opening_form
from union_portal.accounts.requests import account_of
from union_portal.base.admin import object_action


def _awaits_approval(election: Election) -> bool:
    first = election.state == BallotState.CONFIRMED and election.first_round_id is None
    return first and election.approved_on is None


def _still_missing(election: Election, found: Any, rounds: list[Election]) -> str:
    """Say which seats, or whose approval, a count that is confirmed still lacks; nothing where nothing is missing."""
    if has_open_seats(election):
        again = "登记空缺名额不再选举" if election.recorded else "发起再次选举，或登记空缺名额不再选举"
        return f"下一步：尚缺 {found.open_seats:,} 名，由工作人员{again}。"
    if not _awaits_approval(election):
        return ""
    if any(one.state in {BallotState.OPEN, BallotState.COUNTED} for one in rounds):
        return "再次选举正在进行，见下方各轮选举；选满或登记空缺后报上级工会。"
    return "下一步：报上级工会，收到批复后由工作人员登记批复。"


@admin.register(Election)
class ElectionAdmin(SheetAdmin):
    list_display = ("committee", "round_shown", "sitting", "seats", "state_shown", "approved_on")
    export_also = ("due", "elects", "opened_at")
    list_filter = ("state", "committee", "sitting__session")
    list_select_related = ("committee", "sitting__congress__branch", "sitting__session")
    search_fields = ("committee__name",)
    actions_list = ("open_election", "record_election")
    actions_detail = (
        "confirm", "enter_count", "second_round", "leave_open", "approve", "recount_present", "send_back", "void",
    )  # fmt: skip
    page_template = "congress/elections/admin/election.html"
    enter, confirmed = staticmethod(elections.enter_count), staticmethod(elections.confirm)
    sent_back = staticmethod(elections.send_back)

    @admin.display(description="当选条件", ordering="needed")
    def elects(self, election: Election) -> str:
        return election.elects

    @admin.display(description="轮次")
    def round_shown(self, election: Election) -> str:
        return "再次选举" if election.first_round_id else "第一轮选举"

    def page_context(self, sheet: Any) -> dict[str, Any]:
        """Add the candidates, what came of it, and the other rounds."""
        root = sheet.first_round or sheet
        counted = sheet.state in {BallotState.COUNTED, BallotState.CONFIRMED}
        rows = sheet.candidates.select_related("person")
        found = outcomes.outcome_of(sheet) if counted else None
        rounds = [root, *root.later_rounds.order_by("opened_at")]
        told = _still_missing(sheet, found, rounds)
        return {
            **({"next_step": told} if told else {}),
            "title": str(sheet.committee),
            "candidates": rows.order_by(F("votes").desc(nulls_last=True), "person__stroke_key") if counted else rows,
            "found": found,
            "rounds": rounds,
            "root": root,
        }

    def count_form(self, request: HttpRequest, sheet: Any) -> Any:  # noqa: ARG002
        return election_count_form(sheet)

    def count(self, data: dict[str, Any]) -> dict[int, int]:
        return {int(key.removeprefix("votes_")): data.pop(key) for key in [*data] if key.startswith("votes_")}

    def said_confirmed(self, sheet: Any) -> str:
        found = outcomes.outcome_of(sheet)
        return f"当选 {len(found.elected):,} 人，尚缺 {found.open_seats} 名。"

    @object_action(
        description="发起选举",
        permission="congress.run_session",
        form=opening_form(OpenElectionForm),
        icon="how_to_vote",
        primary=True,
    )
    def open_election(self, request: HttpRequest, _subject: None, **data: Any) -> HttpResponseBase:
        return self.to_page(elections.open_election(actor=account_of(request), **data))

    @object_action(
        description="补录选举", permission="congress.run_session", form=form_for_user(PastElectionForm), icon="history"
    )
    def record_election(self, request: HttpRequest, _subject: None, **data: Any) -> HttpResponseBase:
        attendance = attendance_of(data)
        return self.to_page(elections.record_election(attendance=attendance, actor=account_of(request), **data))

    @object_action(
        description="再次选举",
        permission="congress.run_session",
        form=CountersForm,
        initial=counters_initial,
        confirmation=lambda _admin, _request, election: (
            f"尚缺 {outcomes.outcome_of(election).open_seats} 名；末位票数相同的，"
            "由票数相同者参加再次选举，否则由全部未当选者参加。"
        ),
        offered=lambda election: not election.recorded and has_open_seats(election),
        icon="repeat",
        primary=True,
    )
    def second_round(self, request: HttpRequest, subject: Election, **counters: Any) -> HttpResponseBase:
        return self.to_page(elections.second_round(election=subject, actor=account_of(request), **counters))

    @object_action(
        description="空缺名额不再选举",
        permission="congress.run_session",
        form=WhyForm,
        confirmation=lambda _admin, _request, election: (
            f"{outcomes.outcome_of(election).open_seats} 个名额保留空缺，不再进行下一轮选举。"
        ),
        offered=has_open_seats,
        icon="event_seat",
    )
    def leave_open(self, request: HttpRequest, subject: Election, why: str) -> str:
        done = elections.leave_open(election=subject, why=why, actor=account_of(request))
        return f"{done.left_open or 0:,} 个名额保留空缺。"

    @object_action(
        description="登记上级批复",
        permission="congress.record_approval",
        form=ApprovalForm,
        confirmation=lambda _admin, _request, election: "{count} 人开始任职：{names}。".format(
            count=len(found := outcomes.elected_in(election=election)),
            names="、".join(one.person.name for one in found),
        ),
        offered=_awaits_approval,
        icon="approval",
    )
    def approve(
        self, _request: HttpRequest, subject: Election, on: dt.date, document: str, begins_on: dt.date | None
    ) -> str:
        seats = elections.approve(election=subject, on=on, document=document, begins_on=begins_on)
        return f"{len(seats)} 人开始任职。"
