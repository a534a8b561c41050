"""Petitions at the desk: only their handlers find them; whoever opens one is written down."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from congress.bodies.admin import PLAIN_STYLES, actor
from congress.petitions import services as petitions
from congress.petitions.enums import PetitionState
from congress.petitions.forms import HandOverForm, PetitionAnswerForm, WhyForm
from congress.petitions.models import Petition
from union_portal.accounts.models.user import User
from union_portal.base.admin import PortalModelAdmin, adopt, display, object_action
from union_portal.base.steps import timeline

OPEN = (PetitionState.RECEIVED, PetitionState.HANDLING)


class DueFilter(admin.SimpleListFilter):
    """Petitions not answered by their day."""

    title = "期限"
    parameter_name = "due"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:  # noqa: ARG002
        """Offer what is open and what is late."""
        return [("open", "尚未答复"), ("overdue", "已逾期")]

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
    search_help_text = "诉求编号；内容加密保存，不能检索"
    date_hierarchy = "received_on"
    fields = ("channel", "subject", "text", ("person", "who"), ("received_on", "due_on"))
    fixed_fields = ("channel", "subject", "text", "person", "who", "received_on", "due_on")
    raw_id_fields = ("person",)
    change_form_outer_before_template = "congress/petitions/admin/petition.html"
    actions_detail = ("take_up", "answer_it", "reopen", "close", "hand_over")

    class Media:
        css: ClassVar[dict[str, list[str]]] = PLAIN_STYLES

    @display(
        description="状态",
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
            form.base_fields["due_on"].help_text = f"留空则为{petitions.TERM_DAYS}天。"
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
        description="受理",
        permission="congress.change_petition",
        offered=_in(PetitionState.RECEIVED),
        primary=True,
        icon="play_arrow",
    )
    def take_up(self, request: HttpRequest, subject: Petition) -> str:
        """Begin to handle it."""
        petitions.take_up(petition=subject, actor=actor(request))
        return "诉求已受理。"

    @object_action(
        description="答复",
        permission="congress.change_petition",
        form=PetitionAnswerForm,
        offered=_in(PetitionState.HANDLING),
        primary=True,
        icon="reply",
    )
    def answer_it(self, request: HttpRequest, subject: Petition, answer: str) -> str:
        """Record the answer."""
        petitions.answer(petition=subject, text=answer, actor=actor(request))
        return "答复已登记；在平台提交的，本人可在平台查看。"

    @object_action(
        description="重新受理",
        permission="congress.change_petition",
        form=WhyForm,
        offered=_in(PetitionState.ANSWERED),
        icon="replay",
    )
    def reopen(self, request: HttpRequest, subject: Petition, reason: str) -> str:
        """Take it up again."""
        petitions.reopen(petition=subject, reason=reason, actor=actor(request))
        return "诉求已重新办理。"

    @object_action(
        description="办结",
        permission="congress.change_petition",
        confirmation=lambda *_parts: "办结后不能再答复。",
        offered=_in(PetitionState.ANSWERED),
        icon="check",
    )
    def close(self, request: HttpRequest, subject: Petition) -> str:
        """Close it."""
        petitions.close(petition=subject, actor=actor(request))
        return "诉求已办结。"

    @object_action(
        description="移交其他处理人",
        permission="congress.change_petition",
        form=HandOverForm,
        initial=lambda petition: {"handlers": [user.pk for user in petition.handlers.all()]},
        confirmation=lambda *_parts: "未勾选的人将不再看到这件诉求，包括您自己。",
        offered=lambda petition: petition.state != PetitionState.CLOSED,
        icon="move_up",
    )
    def hand_over(
        self, request: HttpRequest, subject: Petition, handlers: "QuerySet[User]", reason: str
    ) -> HttpResponseBase | str:
        """Name other handlers."""
        petitions.hand_over(petition=subject, handlers=handlers, actor=actor(request), reason=reason)
        if not Petition.objects.visible_to(actor(request)).filter(pk=subject.pk).exists():
            self.message_user(request, "诉求已移交，您不再看到它。")
            return redirect("admin:congress_petition_changelist")
        return "处理人已登记。"
