"""Suggestions at the desk: one by one and many at once."""

import datetime as dt
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congress.admin.acting import actor
from congress.admin.bulk import STYLES, bulk_action
from congress.admin.histories import timeline
from congress.enums import SuggestionState
from congress.forms.voices import AnswerForm, GatherForm, SendForm, WhyForm
from congress.models import Department, Suggestion
from congress.services import suggestions
from union_portal.base.admin import PortalModelAdmin, adopt, display, object_action

OPEN = (SuggestionState.COLLECTED, SuggestionState.SENT)
TONES = {"collected": "info", "sent": "warning", "answered": "success"}


class WaitsFilter(admin.SimpleListFilter):
    """What waits for somebody."""

    title = gettext_lazy("waits")
    parameter_name = "waits"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:  # noqa: ARG002
        """Offer the three questions the office asks."""
        return [
            ("office", gettext_lazy("to be sent or answered by us")),
            ("overdue", gettext_lazy("answer overdue")),
            ("unpublished", gettext_lazy("answered, not shown to members")),
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
        description=gettext_lazy("Put into a group"),
        sentence=gettext_lazy("%(count)s suggestions are put into one group, to be answered together."),
        form=GatherForm,
    )
    def gather(self, _request: HttpRequest, rows: list[Suggestion], *, title: str, session: Any) -> str:
        """Group them."""
        group = suggestions.gather(suggestions=rows, title=title, session=session)
        return _("%(count)d suggestions are in the group “%(group)s”.") % {"count": len(rows), "group": group}

    @bulk_action(
        description=gettext_lazy("Send to a department"),
        sentence=gettext_lazy("%(count)s suggestions go to one department, which is to answer each in writing."),
        form=SendForm,
    )
    def send_chosen(
        self, request: HttpRequest, rows: list[Suggestion], *, department: Department, due_on: dt.date
    ) -> str:
        """Send them."""
        count = suggestions.send_all(suggestions=rows, department=department, due_on=due_on, actor=actor(request))
        return _("%(count)d suggestions were sent to %(department)s.") % {"count": count, "department": department}

    @bulk_action(
        description=gettext_lazy("Answer with the same words"),
        sentence=gettext_lazy("%(count)s suggestions get the same answer; their authors see it at once."),
        form=AnswerForm,
    )
    def answer_chosen(self, request: HttpRequest, rows: list[Suggestion], *, answer: str, publish: bool) -> str:
        """Answer them."""
        count = suggestions.answer_all(suggestions=rows, text=answer, actor=actor(request), publish=publish)
        return _("%(count)d suggestions are answered.") % {"count": count}

    @bulk_action(
        description=gettext_lazy("Set aside"),
        sentence=gettext_lazy("%(count)s suggestions are kept without being sent on, for the reason you give."),
        form=WhyForm,
    )
    def set_aside_chosen(self, request: HttpRequest, rows: list[Suggestion], *, reason: str) -> str:
        """Set them aside."""
        count = suggestions.set_aside_all(suggestions=rows, reason=reason, actor=actor(request))
        return _("%(count)d suggestions are set aside.") % {"count": count}

    @bulk_action(
        description=gettext_lazy("Show to all members"),
        sentence=gettext_lazy("%(count)s suggestions and their answers are shown to all members, without any name."),
    )
    def publish_chosen(self, _request: HttpRequest, rows: list[Suggestion]) -> str:
        """Publish them."""
        count = suggestions.publish_all(suggestions=rows, shown=True)
        return _("%(count)d suggestions are shown to all members.") % {"count": count}

    @bulk_action(
        description=gettext_lazy("Hide from members"),
        sentence=gettext_lazy(
            "%(count)s suggestions are no longer shown to all members; their authors still see them."
        ),
    )
    def hide_chosen(self, _request: HttpRequest, rows: list[Suggestion]) -> str:
        """Hide them."""
        count = suggestions.publish_all(suggestions=rows, shown=False)
        return _("%(count)d suggestions are no longer shown.") % {"count": count}


@admin.register(Suggestion)
class SuggestionAdmin(SuggestionBulk, PortalModelAdmin[Suggestion]):
    """意见建议."""

    list_display = ("title", "source", "group", "state_shown", "department", "due_shown", "collected_on", "published")
    list_filter = (WaitsFilter, "state", "source", "session", "drive", "department", "group", "published")
    list_select_related = ("group", "department")
    search_fields = ("title", "text", "author__name", "author__staff_number")
    search_help_text = gettext_lazy("words of the suggestion, or the author's name or staff number")
    date_hierarchy = "collected_on"
    fields = ("source", ("session", "delegation"), "drive", "author", "title", "text", "collected_on")
    fixed_fields = ("source", "session", "delegation", "drive", "author", "title", "text", "collected_on")
    raw_id_fields = ("author",)
    change_form_outer_before_template = "congress/admin/suggestion.html"
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
        css: ClassVar[dict[str, list[str]]] = STYLES

    @display(description=gettext_lazy("state"), label=TONES, ordering="state")
    def state_shown(self, subject: Suggestion) -> tuple[str, str]:
        """Show the state as a pill."""
        return subject.state, subject.get_state_display()

    @display(description=gettext_lazy("to be answered by"), label={"late": "danger"}, ordering="due_on")
    def due_shown(self, subject: Suggestion) -> tuple[str, str]:
        """Show the day, marked when it is over."""
        late = subject.state == SuggestionState.SENT and subject.due_on and subject.due_on < timezone.localdate()
        return ("late" if late else "", subject.due_on.isoformat() if subject.due_on else "")

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
        description=gettext_lazy("Send to a department"),
        permission="congress.change_suggestion",
        form=SendForm,
        offered=_in(SuggestionState.COLLECTED),
        primary=True,
        icon="send",
    )
    def send_on(self, request: HttpRequest, subject: Suggestion, department: Department, due_on: dt.date) -> str:
        """Send it."""
        suggestions.send(suggestion=subject, department=department, due_on=due_on, actor=actor(request))
        return _("Sent to %(department)s, to be answered by %(day)s.") % {"department": department, "day": due_on}

    @object_action(
        description=gettext_lazy("Answer in writing"),
        permission="congress.change_suggestion",
        form=AnswerForm,
        offered=_in(*OPEN),
        icon="reply",
    )
    def answer_it(self, request: HttpRequest, subject: Suggestion, answer: str, publish: bool) -> str:
        """Answer it, also for the department."""
        suggestions.answer(suggestion=subject, text=answer, actor=actor(request), publish=publish)
        return _("The suggestion is answered; its author sees the answer.")

    @object_action(
        description=gettext_lazy("Take back from the department"),
        permission="congress.change_suggestion",
        form=WhyForm,
        offered=_in(SuggestionState.SENT),
        icon="undo",
    )
    def take_it_back(self, request: HttpRequest, subject: Suggestion, reason: str) -> str:
        """Take it back."""
        suggestions.take_back(suggestion=subject, actor=actor(request), reason=reason)
        return _("The suggestion is back with the office.")

    @object_action(
        description=gettext_lazy("Set aside"),
        permission="congress.change_suggestion",
        form=WhyForm,
        offered=_in(SuggestionState.COLLECTED),
        icon="inventory_2",
    )
    def set_it_aside(self, request: HttpRequest, subject: Suggestion, reason: str) -> str:
        """Set it aside."""
        suggestions.set_aside(suggestion=subject, reason=reason, actor=actor(request))
        return _("The suggestion is set aside.")

    @object_action(
        description=gettext_lazy("Show to all members"),
        permission="congress.change_suggestion",
        confirmation=lambda *_parts: _("Suggestion and answer are shown to all members, without the author's name."),
        offered=lambda subject: subject.state == SuggestionState.ANSWERED and not subject.published,
        icon="visibility",
    )
    def show_it(self, _request: HttpRequest, subject: Suggestion) -> str:
        """Publish it."""
        suggestions.publish(suggestion=subject, shown=True)
        return _("All members can read it now.")

    @object_action(
        description=gettext_lazy("Hide from members"),
        permission="congress.change_suggestion",
        offered=lambda subject: subject.published,
        icon="visibility_off",
    )
    def hide_it(self, _request: HttpRequest, subject: Suggestion) -> str:
        """Hide it."""
        suggestions.publish(suggestion=subject, shown=False)
        return _("It is no longer shown to members.")
