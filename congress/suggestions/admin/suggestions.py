"""Suggestions at the desk: one by one and many at once."""

import datetime as dt
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from congress.bodies.admin import PLAIN_STYLES, actor
from congress.departments.models import Department
from congress.petitions.forms import WhyForm
from congress.proposals.enums import ProposalState
from congress.proposals.models import Proposal
from congress.suggestions.enums import SuggestionState
from congress.suggestions.forms import AnswerForm, GatherForm, SendForm
from congress.suggestions.models import Suggestion
from congress.suggestions.services import suggestions
from union_portal.base.admin import PortalModelAdmin, adopt, display, object_action
from union_portal.base.admin.bulk import bulk_action
from union_portal.base.steps import timeline

OPEN = (SuggestionState.COLLECTED, SuggestionState.SENT)
TONES = {"collected": "info", "sent": "warning", "answered": "success"}


class WaitsFilter(admin.SimpleListFilter):
    """What waits for somebody."""

    title = "待办"
    parameter_name = "waits"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:  # noqa: ARG002
        """Offer the three questions the office asks."""
        return [
            ("office", "待转办或待本会答复"),
            ("overdue", "答复逾期"),
            ("unpublished", "已答复、未公开"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:  # noqa: ARG002
        """Narrow the list."""
        rows: Any = queryset
        if self.value() == "office":
            return queryset.filter(state=SuggestionState.COLLECTED)
        if self.value() == "overdue":
            late: QuerySet[Any] = rows.overdue(on=timezone.localdate())
            return late
        if self.value() == "unpublished":
            return queryset.filter(state=SuggestionState.ANSWERED, published=False)
        return queryset


def _in(*states: SuggestionState) -> Any:
    return lambda subject: subject.state in states


class SuggestionBulk:
    """What is done with many suggestions at once."""

    @bulk_action(
        description="归并到一组",
        sentence="将把%(count)s条意见建议归为一组，便于统一答复。",
        form=GatherForm,
    )
    def gather(self, _request: HttpRequest, rows: list[Suggestion], *, title: str, session: Any) -> str:
        """Group them."""
        group = suggestions.gather(suggestions=rows, title=title, session=session)
        return f"{len(rows)}条意见建议已归入“{group}”。"

    @bulk_action(
        description="转交部门",
        sentence="将把%(count)s条意见建议转给同一部门，由其逐条书面答复。",
        form=SendForm,
    )
    def send_chosen(
        self, request: HttpRequest, rows: list[Suggestion], *, department: Department, due_on: dt.date
    ) -> str:
        """Send them."""
        count = suggestions.send_all(suggestions=rows, department=department, due_on=due_on, actor=actor(request))
        return f"已将{count}条意见建议转{department}。"

    @bulk_action(
        description="统一答复",
        sentence="%(count)s条意见建议将得到相同答复，提出人立即可见。",
        form=AnswerForm,
    )
    def answer_chosen(self, request: HttpRequest, rows: list[Suggestion], *, answer: str, publish: bool) -> str:
        """Answer them."""
        count = suggestions.answer_all(suggestions=rows, text=answer, actor=actor(request), publish=publish)
        return f"已答复{count}条意见建议。"

    @bulk_action(
        description="留存备查",
        sentence="%(count)s条意见建议将留存不转办，请说明原因。",
        form=WhyForm,
    )
    def set_aside_chosen(self, request: HttpRequest, rows: list[Suggestion], *, reason: str) -> str:
        """Set them aside."""
        count = suggestions.set_aside_all(suggestions=rows, reason=reason, actor=actor(request))
        return f"{count}条意见建议已留存。"

    @bulk_action(
        description="向全体会员公开",
        sentence="将向全体会员公开%(count)s条意见建议及答复，不显示姓名。",
    )
    def publish_chosen(self, _request: HttpRequest, rows: list[Suggestion]) -> str:
        """Publish them."""
        count = suggestions.publish_all(suggestions=rows, shown=True)
        return f"已向全体会员公开{count}条意见建议。"

    @bulk_action(
        description="取消公开",
        sentence="%(count)s条意见建议将不再公开，提出人仍可看到。",
    )
    def hide_chosen(self, _request: HttpRequest, rows: list[Suggestion]) -> str:
        """Hide them."""
        count = suggestions.publish_all(suggestions=rows, shown=False)
        return f"{count}条意见建议已取消公开。"


@admin.register(Suggestion)
class SuggestionAdmin(SuggestionBulk, PortalModelAdmin[Suggestion]):
    """意见建议."""

    list_display = ("title", "source", "group", "state_shown", "department", "due_shown", "collected_on", "published")
    list_filter = (WaitsFilter, "state", "source", "session", "drive", "department", "group", "published")
    list_select_related = ("group", "department")
    search_fields = ("title", "text", "author__name", "author__staff_number")
    search_help_text = "意见建议中的词语，或提出人姓名、工号"
    date_hierarchy = "collected_on"
    fields = ("source", ("session", "delegation"), "drive", "author", "title", "text", "collected_on")
    fixed_fields = ("source", "session", "delegation", "drive", "author", "title", "text", "collected_on")
    raw_id_fields = ("author",)
    change_form_outer_before_template = "congress/suggestions/admin/suggestion.html"
    actions = (
        "gather",
        "send_chosen",
        "answer_chosen",
        "set_aside_chosen",
        "publish_chosen",
        "hide_chosen",
    )
    actions_detail = ("send_on", "answer_it", "take_it_back", "set_it_aside", "show_it", "hide_it")

    class Media:
        css: ClassVar[dict[str, list[str]]] = PLAIN_STYLES

    @display(description="状态", label=TONES, ordering="state")
    def state_shown(self, subject: Suggestion) -> tuple[str, str]:
        """Show the state as a pill."""
        return subject.state, subject.get_state_display()

    @display(description="答复期限", label={"late": "danger"}, ordering="due_on")
    def due_shown(self, subject: Suggestion) -> tuple[str, str]:
        """Show the day, marked when it is over."""
        late = subject.state == SuggestionState.SENT and subject.due_on and subject.due_on < timezone.localdate()
        return ("late" if late else "", subject.due_on.isoformat() if subject.due_on else "")

    list_before_template = "congress/suggestions/admin/passed_on.html"

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Name the proposals that were passed on or came late beside the list; they stay proposals."""
        counted = Proposal.objects.visible_to(actor(request)).advice().order_by().values_list("state")
        address = reverse("admin:congress_proposal_changelist")
        passed_on = [
            (ProposalState(state).label, count, f"{address}?state__exact={state}")
            for state, count in counted.annotate(count=Count("pk")).order_by("state")
        ]
        return super().changelist_view(request, {**(extra_context or {}), "passed_on": passed_on})

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Its words are what somebody said; only steps change it."""
        return obj is None and super().has_change_permission(request, obj)

    def above_form(self, request: HttpRequest, subject: Suggestion) -> dict[str, Any]:
        """Put the answer and the history above the form."""
        del request
        return {"suggestion": subject, "moves": timeline(subject)}

    def save_model(self, request: HttpRequest, obj: Suggestion, form: Any, change: bool) -> None:  # noqa: ARG002
        """Enter what came on paper or in a discussion."""
        data = form.cleaned_data
        names = ("source", "title", "text", "collected_on", "session", "drive", "delegation", "author")
        adopt(obj, suggestions.record(actor=actor(request), **{name: data[name] for name in names}))

    @object_action(
        description="转交部门",
        permission="congress.change_suggestion",
        form=SendForm,
        offered=_in(SuggestionState.COLLECTED),
        primary=True,
        icon="send",
    )
    def send_on(self, request: HttpRequest, subject: Suggestion, department: Department, due_on: dt.date) -> str:
        """Send it."""
        suggestions.send(suggestion=subject, department=department, due_on=due_on, actor=actor(request))
        return f"已转{department}，请其于{due_on}前答复。"

    @object_action(
        description="书面答复",
        permission="congress.change_suggestion",
        form=AnswerForm,
        offered=_in(*OPEN),
        icon="reply",
    )
    def answer_it(self, request: HttpRequest, subject: Suggestion, answer: str, publish: bool) -> str:
        """Answer it, also for the department."""
        suggestions.answer(suggestion=subject, text=answer, actor=actor(request), publish=publish)
        return "已答复，提出人可以看到。"

    @object_action(
        description="从部门收回",
        permission="congress.change_suggestion",
        form=WhyForm,
        offered=_in(SuggestionState.SENT),
        icon="undo",
    )
    def take_it_back(self, request: HttpRequest, subject: Suggestion, reason: str) -> str:
        """Take it back."""
        suggestions.take_back(suggestion=subject, actor=actor(request), reason=reason)
        return "意见建议已退回工会办公室。"

    @object_action(
        description="留存备查",
        permission="congress.change_suggestion",
        form=WhyForm,
        offered=_in(SuggestionState.COLLECTED),
        icon="inventory_2",
    )
    def set_it_aside(self, request: HttpRequest, subject: Suggestion, reason: str) -> str:
        """Set it aside."""
        suggestions.set_aside(suggestion=subject, reason=reason, actor=actor(request))
        return "意见建议已留存。"

    @object_action(
        description="向全体会员公开",
        permission="congress.change_suggestion",
        confirmation=lambda *_parts: "将向全体会员公开意见建议和答复，不显示提出人姓名。",
        offered=lambda subject: subject.state == SuggestionState.ANSWERED and not subject.published,
        icon="visibility",
    )
    def show_it(self, _request: HttpRequest, subject: Suggestion) -> str:
        """Publish it."""
        suggestions.publish(suggestion=subject, shown=True)
        return "全体会员现在可以看到。"

    @object_action(
        description="取消公开",
        permission="congress.change_suggestion",
        offered=lambda subject: subject.published,
        icon="visibility_off",
    )
    def hide_it(self, _request: HttpRequest, subject: Suggestion) -> str:
        """Hide it."""
        suggestions.publish(suggestion=subject, shown=False)
        return "已不再向会员公开。"
