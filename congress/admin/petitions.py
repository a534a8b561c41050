"""Petitions at the desk: only their handlers find them; whoever opens one is written down."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from congress.admin.acting import actor
from congress.admin.bulk import STYLES
from congress.admin.histories import timeline
from congress.enums import PetitionState
from congress.forms.voices import HandOverForm, PetitionAnswerForm, WhyForm
from congress.models import Petition
from congress.services import petitions
from union_portal.accounts.models import User
from union_portal.base.admin import PortalModelAdmin, adopt, display, object_action

OPEN = (PetitionState.RECEIVED, PetitionState.HANDLING)


class DueFilter(admin.SimpleListFilter):
    """Petitions not answered by their day."""

    title = gettext_lazy("deadline")
    parameter_name = "due"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:  # noqa: ARG002
        """Offer what is open and what is late."""
        return [("open", gettext_lazy("not answered yet")), ("overdue", gettext_lazy("overdue"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:  # noqa: ARG002
        """Narrow the list."""
        rows: Any = queryset
        if self.value() == "open":
            return queryset.filter(state__in=OPEN)
        if self.value() == "overdue":
            late: QuerySet[Any] = rows.overdue(on=timezone.localdate())
            return late
        return queryset


def _in(*states: PetitionState) -> Any:
    return lambda subject: subject.state in states


@admin.register(Petition)
class PetitionAdmin(PortalModelAdmin[Petition]):
    """诉求、来信来访: the list names no subject and no person; those stand on the page, and each look is logged."""

    list_display = ("number", "channel", "state_shown", "received_on", "due_on", "answered_on")
    list_filter = (DueFilter, "state", "channel")
    search_fields = ("number",)
    search_help_text = gettext_lazy("the petition's number; what it is about is encrypted and cannot be searched")
    date_hierarchy = "received_on"
    fields = ("channel", "subject", "text", ("person", "who"), ("received_on", "due_on"))
    fixed_fields = ("channel", "subject", "text", "person", "who", "received_on", "due_on")
    raw_id_fields = ("person",)
    change_form_outer_before_template = "congress/admin/petition.html"
    actions_detail = ("take_up", "answer_it", "reopen", "close", "hand_over")

    class Media:
        css: ClassVar[dict[str, list[str]]] = STYLES

    @display(
        description=gettext_lazy("state"),
        label={"received": "warning", "handling": "info", "answered": "success"},
        ordering="state",
    )
    def state_shown(self, subject: Petition) -> tuple[str, str]:
        """Show the state as a pill."""
        return subject.state, subject.get_state_display()

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was said stays; only steps change it."""
        return obj is None and super().has_change_permission(request, obj)

    def get_form(self, request: HttpRequest, obj: Petition | None = None, change: bool = False, **kwargs: Any) -> Any:
        """The term follows from the day unless it is given."""
        form: Any = super().get_form(request, obj, change, **kwargs)
        if obj is None and "due_on" in form.base_fields:
            form.base_fields["due_on"].required = False
            form.base_fields["due_on"].help_text = _("Empty: %(days)d days.") % {"days": petitions.TERM_DAYS}
        return form

    def above_form(self, request: HttpRequest, subject: Petition) -> dict[str, Any]:
        """Log the look, and put handlers, answer and history above the form."""
        petitions.look(petition=subject, user=actor(request))
        return {"petition": subject, "handlers": subject.handlers.all(), "moves": timeline(subject)}

    def save_model(self, request: HttpRequest, obj: Petition, form: Any, change: bool) -> None:  # noqa: ARG002
        """Take it in; who enters it handles it."""
        data = form.cleaned_data
        names = ("channel", "subject", "text", "person", "who", "received_on", "due_on")
        adopt(obj, petitions.receive(actor=actor(request), **{name: data[name] for name in names}))

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Leave the desk's general log out: who is not a handler learns not even that it exists."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Leave the desk's general log out."""

    @object_action(
        description=gettext_lazy("Take up"),
        permission="congress.change_petition",
        offered=_in(PetitionState.RECEIVED),
        primary=True,
        icon="play_arrow",
    )
    def take_up(self, request: HttpRequest, subject: Petition) -> str:
        """Begin to handle it."""
        petitions.take_up(petition=subject, actor=actor(request))
        return _("The petition is being handled.")

    @object_action(
        description=gettext_lazy("Answer"),
        permission="congress.change_petition",
        form=PetitionAnswerForm,
        offered=_in(PetitionState.HANDLING),
        primary=True,
        icon="reply",
    )
    def answer_it(self, request: HttpRequest, subject: Petition, answer: str) -> str:
        """Record the answer."""
        petitions.answer(petition=subject, text=answer, actor=actor(request))
        return _("The answer is recorded; who filed it in the portal sees it there.")

    @object_action(
        description=gettext_lazy("Take up again"),
        permission="congress.change_petition",
        form=WhyForm,
        offered=_in(PetitionState.ANSWERED),
        icon="replay",
    )
    def reopen(self, request: HttpRequest, subject: Petition, reason: str) -> str:
        """Take it up again."""
        petitions.reopen(petition=subject, reason=reason, actor=actor(request))
        return _("The petition is being handled again.")

    @object_action(
        description=pgettext_lazy("petition", "Close"),
        permission="congress.change_petition",
        confirmation=lambda *_parts: _("A closed petition takes no further answer."),
        offered=_in(PetitionState.ANSWERED),
        icon="check",
    )
    def close(self, request: HttpRequest, subject: Petition) -> str:
        """Close it."""
        petitions.close(petition=subject, actor=actor(request))
        return _("The petition is closed.")

    @object_action(
        description=gettext_lazy("Hand over to other handlers"),
        permission="congress.change_petition",
        form=HandOverForm,
        initial=lambda petition: {"handlers": [user.pk for user in petition.handlers.all()]},
        confirmation=lambda *_parts: _("Who is not chosen does not see the petition any more, you included."),
        offered=lambda petition: petition.state != PetitionState.CLOSED,
        icon="move_up",
    )
    def hand_over(
        self, request: HttpRequest, subject: Petition, handlers: "QuerySet[User]", reason: str
    ) -> HttpResponseBase | str:
        """Name other handlers."""
        petitions.hand_over(petition=subject, handlers=handlers, actor=actor(request), reason=reason)
        if not Petition.objects.visible_to(actor(request)).filter(pk=subject.pk).exists():
            self.message_user(request, _("The petition was handed over; you do not see it any more."))
            return redirect("admin:congress_petition_changelist")
        return _("The handlers are recorded.")
