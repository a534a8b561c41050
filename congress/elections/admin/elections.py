"""Elections at the desk: candidates, counting sheet, further rounds, the higher union's approval."""

import datetime as dt
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import F
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from congress.bodies.admin import SHEET_STYLES, actor
from congress.elections.admin.past_elections import RecordsElections
from congress.elections.forms.elections import ApprovalForm, OpenElectionForm, election_count_form
from congress.elections.models import Election
from congress.elections.services import approvals, elections, outcomes, vacancies
from congress.elections.services.vacancies import has_open_seats
from congress.voting.admin.ballots import in_state, opening_form, says_count
from congress.voting.admin.past_ballots import may_void
from congress.voting.admin.sheets import SheetAdmin
from congress.voting.enums import BallotMethod, BallotState
from congress.voting.forms.counting import ConfirmForm, CountersForm, RecountForm, counters_initial, papers_of
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
    page_template = "congress/elections/admin/election.html"

    class Media:
        css: ClassVar[dict[str, list[str]]] = SHEET_STYLES

    @admin.display(description="轮次")
    def round_shown(self, election: Election) -> str:
        """Say which round."""
        return "再次选举" if election.first_round_id else "第一轮选举"

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
            "found": outcomes.outcome_of(sheet) if counted else None,
            "rounds": [root, *root.later_rounds.order_by("opened_at")],
            "elected": outcomes.elected_in(election=sheet),
            "root": root,
            "undecided": has_open_seats(sheet),
        }

    @object_action(
        description="发起选举",
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
        description="录入计票单",
        permission="congress.run_session",
        form=election_count_form,
        initial=counters_initial,
        confirmation=lambda _admin, _request, election: (
            f"应到 {election.due} 人，实到 {election.present} 人；须 {election.needed} 票方能当选。"
            f"每张选票最多选 {election.seats} 人。"
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
    def confirm(self, request: HttpRequest, subject: Election, signed_sheet: str) -> str:
        """Confirm it."""
        done = elections.confirm(election=subject, actor=actor(request), signed_sheet=signed_sheet)
        found = outcomes.outcome_of(done)
        return f"当选 {len(found.elected)} 人，尚缺 {found.open_seats} 名。"

    @object_action(
        description="再次选举",
        permission="congress.run_session",
        form=CountersForm,
        initial=counters_initial,
        confirmation=lambda _admin, _request, election: (
            f"尚缺 {outcomes.outcome_of(election).open_seats} 名；末位票数相同的，"
            "由票数相同者参加再次选举，否则由全部未当选者参加。"
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
        description="空缺名额不再选举",
        permission="congress.run_session",
        form=RecountForm,
        confirmation=lambda _admin, _request, election: (
            f"{outcomes.outcome_of(election).open_seats} 个名额保留空缺，不再进行下一轮选举。"
        ),
        offered=has_open_seats,
        icon="event_seat",
    )
    def leave_open(self, request: HttpRequest, subject: Election, reason: str) -> str:
        """Leave them vacant."""
        done = vacancies.leave_open(election=subject, reason=reason, actor=actor(request))
        return f"{done.left_open or 0} 个名额保留空缺。"

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
        self, request: HttpRequest, subject: Election, on: dt.date, document: str, begins_on: dt.date | None
    ) -> str:
        """Record it."""
        seats = approvals.approve(election=subject, on=on, document=document, begins_on=begins_on, actor=actor(request))
        return f"{len(seats)} 人开始任职。"

    @object_action(
        description="重新清点到会人数",
        permission="congress.run_session",
        confirmation=lambda *_args: "表决发起后到会的代表也计入实到人数，应到人数不变。",
        offered=in_state(BallotState.OPEN),
        icon="sync",
    )
    def recount_present(self, _request: HttpRequest, subject: Election) -> str:
        """Count them."""
        done = elections.recount_present(election=subject)
        return f"实到 {done.present} 人。"

    @object_action(
        description="退回重新计票",
        permission="congress.confirm_count",
        form=RecountForm,
        confirmation=lambda *_args: "本次录入的票数将清空并重新录入，原记录保留在变更历史中。",
        offered=in_state(BallotState.COUNTED),
        icon="replay",
    )
    def send_back(self, request: HttpRequest, subject: Election, reason: str) -> str:
        """Send it back."""
        elections.send_back(election=subject, reason=reason, actor=actor(request))
        return "已退回，请重新计票。"

    @object_action(
        description="作废",
        permission="congress.run_session",
        form=RecountForm,
        confirmation=lambda *_args: "本次选举作废，可以重新发起。",
        offered=may_void,
        icon="block",
        grave=True,
    )
    def void(self, request: HttpRequest, subject: Election, reason: str) -> str:
        """Void it."""
        elections.void(election=subject, reason=reason, actor=actor(request))
        return "已作废。"
