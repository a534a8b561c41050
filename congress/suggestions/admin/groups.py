"""The drives that collect suggestions, and the groups that are answered together."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest

from congress.bodies.admin import PLAIN_STYLES, actor
from congress.suggestions.enums import SuggestionState
from congress.suggestions.forms import AnswerForm
from congress.suggestions.models import SuggestionDrive, SuggestionGroup
from congress.suggestions.services import suggestions
from union_portal.base.admin import PortalModelAdmin, object_action

_OPEN = Q(suggestions__state__in=[SuggestionState.COLLECTED, SuggestionState.SENT])


class _Counted:
    """Counts what came in and what is still open, with the list."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Count with the list."""
        rows: QuerySet[Any] = super().get_queryset(request)  # type: ignore[misc]
        counted: QuerySet[Any] = rows.annotate(
            all_of_it=Count("suggestions"), open_of_it=Count("suggestions", filter=_OPEN)
        )
        return counted

    @admin.display(description="意见建议", ordering="all_of_it")
    def all_shown(self, row: Any) -> int:
        """Say how many."""
        return int(row.all_of_it)

    @admin.display(description="尚未答复", ordering="open_of_it")
    def open_shown(self, row: Any) -> int:
        """Say how many wait."""
        return int(row.open_of_it)


@admin.register(SuggestionDrive)
class SuggestionDriveAdmin(_Counted, PortalModelAdmin[SuggestionDrive]):
    """金点子征集: while it is open, every member finds it on the own page."""

    list_display = ("title", "opens_on", "closes_on", "all_shown", "open_shown")
    search_fields = ("title",)
    fields = ("title", ("opens_on", "closes_on"), "words")
    change_form_outer_before_template = "congress/suggestions/admin/gathered.html"

    class Media:
        css: ClassVar[dict[str, list[str]]] = PLAIN_STYLES


@admin.register(SuggestionGroup)
class SuggestionGroupAdmin(_Counted, PortalModelAdmin[SuggestionGroup]):
    """Suggestions about one matter."""

    list_display = ("title", "session", "all_shown", "open_shown")
    list_filter = ("session",)
    list_select_related = ("session",)
    search_fields = ("title",)
    fields = ("title", "session")
    change_form_outer_before_template = "congress/suggestions/admin/gathered.html"
    actions_detail = ("answer_group",)

    class Media:
        css: ClassVar[dict[str, list[str]]] = PLAIN_STYLES

    @object_action(
        description="统一答复本组",
        permission="congress.change_suggestiongroup",
        form=AnswerForm,
        confirmation=lambda _admin, _request, group: (
            f"{group.open_of_it}条未答复的意见建议将得到此答复，已答复的不变。"
        ),
        offered=lambda group: group.open_of_it > 0,
        primary=True,
        icon="reply_all",
    )
    def answer_group(self, request: HttpRequest, subject: SuggestionGroup, answer: str, publish: bool) -> str:
        """Answer every open suggestion of the group."""
        count = suggestions.answer_group(group=subject, text=answer, actor=actor(request), publish=publish)
        return f"已答复{count}条意见建议。"
