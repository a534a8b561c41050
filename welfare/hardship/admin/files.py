"""Hardship files on the desk: the list tells no sums, a file's page does, and each look at it is logged."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from union_portal.accounts.requests import account_of
from union_portal.base.admin import Block, RecordAdmin, refused_by
from union_portal.base.admin.children import dataset_of
from union_portal.base.admin.filters import question
from union_portal.base.states import Move
from welfare.hardship.enums import TOLD
from welfare.hardship.models import HardshipCost, HardshipFile, HardshipReview, HouseholdMember
from welfare.hardship.services import files
from welfare.hardship.services.assessing import assess_file

_DUE = {"due": ("复核到期", lambda rows: rows.to_recheck(on=timezone.localdate()))}
_FOUND = ("file__person__name", "file__person__staff_number", "file__person__search_key")


@admin.register(HardshipFile)
class HardshipFileAdmin(RecordAdmin[HardshipFile]):
    list_display = ("person", "branch", "year", "decided_kind", "decided_on", "state_shown")
    export_also = ("applied_on", "standard", "listed_on", "closed_on")
    list_filter = (question(title="复核", name="recheck", narrow=_DUE), "state", "decided_kind", "branch")
    search_fields = ("person__name", "person__staff_number", "person__search_key")
    list_select_related = ("person", "branch", "standard")
    fields = (
        *("person", "applied_on", "standard", "year", "income", "situation"),
        *("decided_kind", "decided_on", "decision", "closed_on"),
    )
    fixed_fields = ("person",)
    children = ("household", "costs", "aids")
    date_hierarchy = "applied_on"
    change_form_outer_before_template = "welfare/hardship/admin/file.html"
    by: ClassVar[Mapping[str, Callable[..., Any] | None]] = {
        "submit": files.submit,
        "decide": files.decide,
        "decline": files.decline,
        "enlist": None,
        "reopen": None,
    }
    by_rows: ClassVar[Mapping[str, Callable[..., Any]]] = {"disclose": files.disclose}

    def get_fields(self, request: HttpRequest, obj: HardshipFile | None = None) -> Any:
        """Ask a new file for what a re-check asks anew, too."""
        del request
        return self.fields[:6] if obj is None else self.fields

    def get_changeform_datasets(self, request: HttpRequest) -> list[Any]:
        """List the earlier decisions too, which nobody enters."""
        found = super().get_changeform_datasets(request)
        return [*found, dataset_of(self.model, "reviews", self.admin_site)] if found else found

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was submitted stays; it is told anew when it is sent back or checked again."""
        return (obj is None or obj.state in TOLD) and super().has_change_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: HardshipFile, form: Any, change: bool) -> None:
        """Enter a new file through the service."""
        if change:
            super().save_model(request, obj, form, change)
        else:
            files.enter(file=obj, actor=account_of(request))

    def above_form(self, request: HttpRequest, subject: HardshipFile) -> dict[str, Any]:
        """Log the look, and say what the figures come to beside what the committee decided."""
        files.look(file=subject, user=account_of(request))
        return {"file": subject, "assessment": assess_file(subject)}

    def blocks(self, request: HttpRequest, step: Move, subject: HardshipFile) -> Block | None:
        """Say before anybody presses that a household is missing, or that somebody else must decide."""
        if step.action == "submit":
            return refused_by(files.must_be_told, file=subject)
        if step.action in {"decide", "decline"}:
            return refused_by(files.may_decide, file=subject, actor=account_of(request))
        return None

    def step_says(self, step: Move, subject: HardshipFile) -> str:
        """Show whoever decides what the figures come to."""
        if step.action != "decide":
            return super().step_says(step, subject)
        found = assess_file(subject)
        return "".join((f"按标准测算：{found}。", *found.words))


class _OfFileAdmin(RecordAdmin[Any]):
    parent = "file"
    fixed_fields = ("file",)
    list_select_related: ClassVar[tuple[str, ...]] = ("file__person",)
    search_fields: ClassVar[tuple[str, ...]] = _FOUND


@admin.register(HouseholdMember)
class HouseholdMemberAdmin(_OfFileAdmin):
    list_display = ("name", "file", "relation", "birth_year", "at_school", "lives_together")
    export_also = ("unit",)
    list_filter = ("at_school", "lives_together")
    search_fields = ("name", *_FOUND)


@admin.register(HardshipCost)
class HardshipCostAdmin(_OfFileAdmin):
    list_display = ("cause", "file", "year")
    list_filter = ("cause", "year")


@admin.register(HardshipReview)
class HardshipReviewAdmin(_OfFileAdmin):
    list_display = ("file", "decided_on", "year", "heads", "computed_kind", "decided_kind")
    export_also = ("decision", "standard")
    list_filter = ("computed_kind", "decided_kind")
    list_select_related = ("file__person", "standard")
    date_hierarchy = "decided_on"

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """A decision is registered by the file's own step."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        """What was decided stays."""
        return False
