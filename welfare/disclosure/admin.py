"""Notices and the objections to them on the desk; a notice comes from the matter that it discloses."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest, HttpResponseBase

from members.branches.services.tree import signatory
from union_portal.accounts.requests import account_of
from union_portal.base.admin import Block, RecordAdmin, display, object_action, refused_by
from union_portal.base.states import Move
from union_portal.base.views import as_pdf
from welfare.disclosure import services
from welfare.disclosure.models import Disclosure, Objection
from welfare.disclosure.renderers import notice


@admin.register(Disclosure)
class DisclosureAdmin(RecordAdmin[Disclosure]):
    list_display = ("title", "starts_on", "until", "place", "state_shown")
    fields = ("title", "lines", "place", "starts_on", "workdays", "until")
    fixed_fields = readonly_fields = fields
    list_filter = ("state",)
    children = ("objections",)
    actions_detail = ("print_notice",)
    date_hierarchy = "starts_on"
    by: ClassVar[Mapping[str, Callable[..., Any] | None]] = {
        "end": services.end,
        "withdraw": services.withdraw,
        "object": None,
    }

    @object_action(description="打印公示", permission="welfare.view_disclosure", icon="print")
    def print_notice(self, _request: HttpRequest, subject: Disclosure) -> HttpResponseBase:
        """Show the paper that is hung out."""
        return as_pdf(notice(disclosure=subject, union=signatory()).pdf, name=subject.title)

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """A notice is made by the matter that it discloses."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What is published stays as it is; only its steps change it."""
        return obj is None and super().has_change_permission(request, obj)

    def blocks(self, request: HttpRequest, step: Move, subject: Disclosure) -> Block | None:
        """Let nobody end a notice before its term is over."""
        del request
        return refused_by(services.must_be_over, disclosure=subject) if step.action == "end" else None

    @display(description="公示截止", ordering="ends_on")
    def until(self, row: Disclosure) -> str:
        return f"{row.ends_on}" if row.certain else f"约 {row.ends_on}"


@admin.register(Objection)
class ObjectionAdmin(RecordAdmin[Objection]):
    list_display = ("disclosure", "raised_on", "answered_on", "upheld", "state_shown")
    list_filter = ("state", "upheld")
    search_fields = ("disclosure__title",)
    fields = ("disclosure", "raised_on", "who", "text", "answer", "upheld", "answered_on")
    fixed_fields = ("disclosure", "raised_on", "who", "text")
    parent = "disclosure"
    date_hierarchy = "raised_on"

    def save_model(self, request: HttpRequest, obj: Objection, form: Any, change: bool) -> None:
        """Break the notice by a new objection."""
        if change:
            super().save_model(request, obj, form, change)
        else:
            services.object_to(objection=obj, actor=account_of(request))
