"""What the pages of ballots and elections share: the counting sheet, and the steps it takes."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from congress.voting.enums import BallotState
from congress.voting.forms import ConfirmForm, WhyForm, counters_initial, papers_of
from congress.voting.renderers import sheet_context
from congress.voting.services import counting
from congress.voting.services.counting import Attendance
from union_portal.accounts.requests import account_of
from union_portal.base.admin import OwnPageAdmin, ReadOnlyModelAdmin, object_action
from union_portal.base.steps import timeline


def in_state(*states: BallotState) -> Any:
    return lambda sheet: sheet.state in states


def may_void(sheet: Any) -> bool:
    """Offer to void what is not confirmed yet, or was wrongly recorded from old papers."""
    if sheet.state == BallotState.CONFIRMED:
        return bool(sheet.recorded) and getattr(sheet, "approved_on", None) is None
    return sheet.state in {BallotState.OPEN, BallotState.COUNTED}


def attendance_of(data: dict[str, Any]) -> Attendance:
    """Take the attendance out of a form's data."""
    return Attendance(data.pop("due"), data.pop("present"), data.pop("method"), papers_of(data))


class SheetAdmin(OwnPageAdmin[Any], ReadOnlyModelAdmin[Any]):
    """A list of votes whose rows have a page of their own and move by steps."""

    # What of the steps each kind of vote does in its own way.
    enter: ClassVar[Callable[..., Any]]
    confirmed: ClassVar[Callable[..., Any]]
    sent_back: ClassVar[Callable[..., Any]] = staticmethod(counting.send_back)

    def page_parts(self, request: HttpRequest, subject: Any, buttons: Any) -> dict[str, Any]:
        """Show the sheet with its moves, and what this kind of vote adds."""
        del request, buttons
        own = {"session": subject.sitting.session, "sitting": subject.sitting, "moves": timeline(subject)}
        own["next_step"] = subject.machine.following[subject.state]
        return {**sheet_context(subject), **own, **self.page_context(subject)}

    def page_context(self, sheet: Any) -> dict[str, Any]:
        """Return what only this kind of page shows, and its title."""
        raise NotImplementedError

    def count_form(self, request: HttpRequest, sheet: Any) -> Any:
        raise NotImplementedError

    def said_confirmed(self, sheet: Any) -> str:
        raise NotImplementedError

    def count(self, data: dict[str, Any]) -> Any:
        """Take the votes out of a form's data."""
        raise NotImplementedError

    def to_page(self, sheet: Any) -> HttpResponseBase:
        response: HttpResponse = redirect(f"admin:congress_{self.opts.model_name}_change", sheet.pk)
        return response

    @object_action(
        description="录入计票单",
        permission="congress.run_session",
        form=lambda admin, request, sheet: admin.count_form(request, sheet),
        initial=counters_initial,
        confirmation=lambda _admin, _request, sheet: (
            f"应到 {sheet.due:,} 人，实到 {sheet.present:,} 人；{sheet.elects}。"
        ),
        offered=in_state(BallotState.OPEN),
        icon="edit_note",
        primary=True,
    )
    def enter_count(self, request: HttpRequest, subject: Any, **data: Any) -> str:
        papers = papers_of(data)
        self.enter(sheet=subject, votes=self.count(data), papers=papers, actor=account_of(request), **data)
        return "计票单已录入，待监票人确认。"

    @object_action(
        description="确认计票单",
        permission="congress.confirm_count",
        form=ConfirmForm,
        confirmation=lambda _admin, _request, sheet: (
            f"{sheet.words_counted}应到 {sheet.due:,} 人，{sheet.elects}。确认后结果不再更改。"
        ),
        offered=in_state(BallotState.COUNTED),
        icon="verified",
        primary=True,
    )
    def confirm(self, request: HttpRequest, subject: Any, signed_sheet: str) -> str:
        return self.said_confirmed(self.confirmed(sheet=subject, actor=account_of(request), signed_sheet=signed_sheet))

    @object_action(
        description="重新清点到会人数",
        permission="congress.run_session",
        confirmation=lambda *_args: "表决发起后到会的代表也计入实到人数，应到人数不变。",
        offered=in_state(BallotState.OPEN),
        icon="sync",
    )
    def recount_present(self, _request: HttpRequest, subject: Any) -> str:
        return f"实到 {counting.recount_present(sheet=subject).present:,} 人。"

    @object_action(
        description="退回重新计票",
        permission="congress.confirm_count",
        form=WhyForm,
        confirmation=lambda *_args: "本次录入的票数将清空并重新录入，原记录保留在变更历史中。",
        offered=in_state(BallotState.COUNTED),
        icon="replay",
    )
    def send_back(self, request: HttpRequest, subject: Any, why: str) -> str:
        self.sent_back(sheet=subject, why=why, actor=account_of(request))
        return "已退回，请重新计票。"

    @object_action(
        description="作废",
        permission="congress.run_session",
        form=WhyForm,
        confirmation=lambda admin, *_args: f"本次{admin.opts.verbose_name}作废，可以重新发起。",
        offered=may_void,
        icon="block",
        grave=True,
    )
    def void(self, request: HttpRequest, subject: Any, why: str) -> str:
        counting.void(sheet=subject, why=why, actor=account_of(request))
        return "已作废。"
