"""Suggestions at the desk with their drives and groups: one by one and many at once."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from congress.proposals.enums import ProposalState
from congress.proposals.models import Proposal
from congress.suggestions import services as suggestions
from congress.suggestions.enums import OPEN, SuggestionState
from congress.suggestions.forms import AnswerForm, GatherForm
from congress.suggestions.models import Suggestion, SuggestionDrive, SuggestionGroup
from union_portal.accounts.requests import account_of
from union_portal.base.admin import RecordAdmin, display, object_action
from union_portal.base.admin.bulk import bulk_action
from union_portal.base.admin.columns import column
from union_portal.base.admin.deadlines import with_days_left
from union_portal.base.admin.filters import question
from union_portal.base.querysets import how_many_of

_S = SuggestionState
WAITS = question(
    title="待办",
    name="waits",
    narrow={
        "office": ("待转办或待本会答复", lambda rows: rows.filter(state=_S.COLLECTED)),
        "overdue": ("答复逾期", lambda rows: rows.overdue(on=timezone.localdate())),
        "unpublished": ("已答复、未公开", lambda rows: rows.filter(state=_S.ANSWERED, published=False)),
    },
)


@admin.register(Suggestion)
class SuggestionAdmin(RecordAdmin[Suggestion]):
    """Its words are what somebody said: entered once, then only steps change it."""

    list_display = ("title", "source", "collected_on", "state_shown", "department", "due_shown")
    export_also = ("group", "published")
    list_filter = (WAITS, "state", "source", "session", "department")
    list_select_related = ("group", "department")
    search_fields = ("title", "text", "author__name", "author__staff_number")
    search_help_text = "意见建议中的词语，或提出人姓名、工号"
    date_hierarchy = "collected_on"
    fields = (
        *("source", ("session", "delegation"), "drive", "author", "title", "text", "collected_on"),
        *("department", "due_on", "answer", "reply_kind", "published"),
    )
    list_before_template = "congress/suggestions/admin/passed_on.html"
    by = {"annul": None}
    by_rows = {"send": suggestions.send, "answer": suggestions.answer, "take_back": suggestions.take_back}
    actions = ("gather", "publish_chosen", "hide_chosen")
    actions_detail = ("show_it", "hide_it")

    @display(description="答复期限", ordering="due_on")
    def due_shown(self, subject: Suggestion) -> str:
        return with_days_left(subject.due_on) if subject.state == _S.SENT and subject.due_on else ""

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Name the proposals that were passed on or came late beside the list; they stay proposals."""
        counted = Proposal.objects.visible_to(account_of(request)).advice().order_by().values_list("state")
        address = reverse("admin:congress_proposal_changelist")
        passed_on = [
            (ProposalState(state).label, count, f"{address}?state__exact={state}")
            for state, count in counted.annotate(count=Count("pk")).order_by("state")
        ]
        return super().changelist_view(request, {**(extra_context or {}), "passed_on": passed_on})

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None and super().has_change_permission(request, obj)

    @bulk_action(
        description="归并到一组", sentence="将把 %(count)s 条意见建议归为一组，便于统一答复。", form=GatherForm
    )
    def gather(self, _request: HttpRequest, rows: list[Suggestion], **data: Any) -> str:
        group = suggestions.gather(rows=_all(rows), **data)
        return f"{len(rows):,} 条意见建议已归入“{group}”。"

    @bulk_action(description="向全体会员公开", sentence="将向全体会员公开 %(count)s 条意见建议及答复，不显示姓名。")
    def publish_chosen(self, _request: HttpRequest, rows: list[Suggestion]) -> str:
        return f"已向全体会员公开 {suggestions.publish(rows=_all(rows), shown=True):,} 条意见建议。"

    @bulk_action(description="取消公开", sentence="%(count)s 条意见建议将不再公开，提出人仍可看到。")
    def hide_chosen(self, _request: HttpRequest, rows: list[Suggestion]) -> str:
        return f"{suggestions.publish(rows=_all(rows), shown=False):,} 条意见建议已取消公开。"

    @object_action(
        description="向全体会员公开",
        permission="congress.change_suggestion",
        confirmation=lambda *_parts: "将向全体会员公开意见建议和答复，不显示提出人姓名。",
        offered=lambda subject: subject.state == _S.ANSWERED and not subject.published,
    )
    def show_it(self, _request: HttpRequest, subject: Suggestion) -> str:
        suggestions.publish(rows=_all([subject]), shown=True)
        return "全体会员现在可以看到。"

    @object_action(
        description="取消公开", permission="congress.change_suggestion", offered=lambda subject: subject.published
    )
    def hide_it(self, _request: HttpRequest, subject: Suggestion) -> str:
        suggestions.publish(rows=_all([subject]), shown=False)
        return "已不再向会员公开。"


def _all(rows: list[Suggestion]) -> Any:
    return Suggestion.objects.filter(pk__in=[one.pk for one in rows])


class _GatheredAdmin(RecordAdmin[Any]):
    change_form_outer_before_template = "congress/suggestions/admin/gathered.html"
    all_shown = column("意见建议", "all_of_it")
    open_shown = column("尚未答复", "open_of_it")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        still_open = how_many_of(self.model, "suggestions", Q(state__in=OPEN))
        rows: QuerySet[Any] = super().get_queryset(request)
        standing = how_many_of(self.model, "suggestions", ~Q(state=_S.ANNULLED))
        counted: QuerySet[Any] = rows.annotate(all_of_it=standing, open_of_it=still_open)
        return counted


@admin.register(SuggestionDrive)
class SuggestionDriveAdmin(_GatheredAdmin):
    """金点子征集: while it is open, every member finds it on the own page."""

    list_display = ("title", "opens_on", "closes_on", "all_shown", "open_shown")


@admin.register(SuggestionGroup)
class SuggestionGroupAdmin(_GatheredAdmin):
    list_display = ("title", "session", "all_shown", "open_shown")
    list_select_related = ("session",)
    actions_detail = ("answer_group",)

    @object_action(
        description="统一答复本组",
        permission="congress.change_suggestiongroup",
        form=AnswerForm,
        confirmation=lambda _admin, _request, group: (
            f"{group.open_of_it:,} 条未答复的意见建议将得到此答复，已答复的不变。"
        ),
        offered=lambda group: group.open_of_it > 0,
        primary=True,
    )
    def answer_group(self, request: HttpRequest, subject: SuggestionGroup, **data: Any) -> str:
        """Answer every open suggestion of the group."""
        return f"已答复 {suggestions.answer_group(group=subject, actor=account_of(request), **data):,} 条意见建议。"
