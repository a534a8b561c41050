"""Petitions at the desk: only their handlers find them; whoever opens one is written down."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from congress.petitions import services as petitions
from congress.petitions.enums import PetitionState
from congress.petitions.forms import HandOverForm
from congress.petitions.models import Petition
from congress.petitions.querysets import PetitionQuerySet
from union_portal.accounts.models.user import User
from union_portal.accounts.requests import account_of
from union_portal.base.admin import RecordAdmin, adopt, object_action
from union_portal.base.admin.filters import question
from union_portal.base.states import Move

_TAKEN_IN = ("channel", "subject", "text", "person", "who", "received_on", "due_on")
_DUE = {"open": ("尚未答复", PetitionQuerySet.unanswered), "overdue": ("已逾期", PetitionQuerySet.overdue)}


@admin.register(Petition)
class PetitionAdmin(RecordAdmin[Petition]):
    """诉求、来信来访: the list names no subject and no person; those stand on the page, and each look is logged."""

    list_display = ("number", "channel", "state_shown", "received_on", "due_on", "answered_on")
    list_filter = (question(title="期限", name="due", narrow=_DUE), "state", "channel")
    search_fields = ("number",)
    search_help_text = "诉求编号；内容加密保存，不能检索"
    date_hierarchy = "received_on"
    fields = fixed_fields = _TAKEN_IN
    by = {"answer": petitions.answer, "reopen": petitions.reopen}
    change_form_outer_before_template = "congress/petitions/admin/petition.html"
    actions_detail = ("hand_over",)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was said stays; only steps change it."""
        return obj is None and super().has_change_permission(request, obj)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        del request
        return {}

    def above_form(self, request: HttpRequest, subject: Petition) -> dict[str, Any]:
        """Log the look, and put handlers and answer above the form."""
        petitions.look(petition=subject, user=account_of(request))
        return {"petition": subject, "handlers": subject.handlers.all()}

    def step_says(self, step: Move, subject: Petition) -> str:
        said = super().step_says(step, subject)
        return f"{said}办结后不能再答复。" if step.action == "close" else said

    def step_form(self, request: HttpRequest, step: Move, subject: Petition | None) -> type[forms.Form]:
        """Begin an answer anew; ask why a matter is taken up again, which stays out of the log."""
        form: Any = super().step_form(request, step, subject)
        if step.action == "answer":
            form.base_fields["answer"].initial = None
        if step.action == "reopen":
            form.base_fields["why"] = forms.CharField(label="原因", max_length=300, widget=forms.Textarea)
        return form  # type: ignore[no-any-return]

    def save_model(self, request: HttpRequest, obj: Petition, form: Any, change: bool) -> None:  # noqa: ARG002
        """Take it in; who enters it handles it."""
        adopt(
            obj, petitions.receive(actor=account_of(request), **{name: form.cleaned_data[name] for name in _TAKEN_IN})
        )

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Leave the desk's general log out: who is not a handler learns not even that it exists."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Leave the desk's general log out."""

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
        petitions.hand_over(petition=subject, handlers=handlers, actor=account_of(request), reason=reason)
        if not Petition.objects.visible_to(account_of(request)).filter(pk=subject.pk).exists():
            self.message_user(request, "诉求已移交，您不再看到它。")
            return redirect("admin:congress_petition_changelist")
        return "处理人已登记。"
