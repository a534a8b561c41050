"""Delegates with their mandates, and the elections in units that made them."""

import datetime as dt
from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from congress.bodies.admin import RunByUserAdmin, actor
from congress.delegates.enums import MandateEnd
from congress.delegates.forms import EndForm, correct_form, place_form
from congress.delegates.models import Delegate, Delegation, UnitElection
from congress.delegates.services import corrections, mandates
from members.people.models import Person
from union_portal.base.admin import PortalModelAdmin, adopt, display, object_action


def _running(delegate: Delegate) -> bool:
    return delegate.valid_to is None


class HoldsFilter(admin.SimpleListFilter):
    """Whether a mandate holds today."""

    title = "代表资格"
    parameter_name = "holds"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, Any]]:
        """Offer ended ones and those who moved to another unit."""
        return [
            ("ended", "已终止"),
            ("moved", "调离原单位"),
            ("all", "全部"),
        ]

    def queryset(self, _request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep what holds today, unless asked otherwise."""
        today = timezone.localdate()
        rows: Any = queryset
        if self.value() == "ended":
            return queryset.filter(valid_to__lt=today)
        if self.value() == "moved":
            moved: QuerySet[Any] = rows.moved(on=today)
            return moved
        return queryset if self.value() == "all" else rows.in_force(on=today)


@admin.register(Delegate)
class DelegateAdmin(PortalModelAdmin[Delegate]):
    """代表: entered on the page of the congress or by list; they move and end by steps."""

    list_display = ("person", "congress", "delegation", "unit", "seat", "began_by", "valid_from", "end_shown")
    list_filter = (HoldsFilter, "congress", "seat", "delegation", "began_by", "ended_by")
    list_select_related = ("person", "congress__branch", "delegation", "unit")
    search_fields = ("person__name", "person__staff_number", "person__search_key", "unit__name")
    readonly_fields = (
        "congress", "person", "delegation", "unit", "election", "seat", "valid_from", "valid_to", "began_by",
        "ended_by", "end_reason",
    )  # fmt: skip
    fields = (*readonly_fields, "document")
    actions_detail = ("place", "correct", "end")

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Mandates are entered on the page of their congress."""
        return False

    @display(description="结束")
    def end_shown(self, delegate: Delegate) -> str:
        """Say when and how it ended."""
        return f"{delegate.valid_to} {delegate.get_ended_by_display()}" if delegate.valid_to else ""

    @object_action(
        description="编入代表团",
        permission="congress.change_delegate",
        form=place_form,
        offered=_running,
        icon="group_add",
    )
    def place(self, _request: HttpRequest, subject: Delegate, delegation: Delegation) -> str:
        """Place him."""
        mandates.place_in(delegates=[subject], delegation=delegation)
        return f"{subject.person}编入{delegation}。"

    @object_action(
        description="更正代表资格",
        permission="congress.change_delegate",
        form=correct_form,
        initial=lambda one: {
            "staff_number": one.person.staff_number,
            "on": one.valid_from,
            "delegation": one.delegation_id,
        },
        confirmation=lambda _admin, _request, delegate: (
            "已不能更正：{why}。请结束该代表资格后另行录入。".format(why="；".join(why))
            if (why := corrections.hanging_on(delegate))
            else "仅用于更正录入错误；撤换、调动请按相应步骤办理。"
        ),
        offered=_running,
        icon="edit",
    )
    def correct(self, request: HttpRequest, subject: Delegate, person: Person, reason: str, **data: Any) -> str:
        """Put it right; the page's history keeps the reason."""
        made = corrections.correct_mandate(
            delegate=subject, person=person, on=data["on"], delegation=data["delegation"], reason=reason,
            actor=actor(request),
        )  # fmt: skip
        before = f"{subject.person} {subject.valid_from} {subject.delegation or ''}".strip()
        said = f"已更正，原为：{before}。原因：{reason}"
        self.log_change(request, made, said)
        return said

    @object_action(
        description="终止代表资格",
        permission="congress.change_delegate",
        form=EndForm,
        confirmation=lambda *_args: "尚未开幕的会议名册将除名；尚未提交的提案，其附议失效。",
        offered=_running,
        icon="event_busy",
        grave=True,
    )
    def end(self, request: HttpRequest, subject: Delegate, on: dt.date, way: str, reason: str, document: str) -> str:
        """End it."""
        mandates.end_mandate(
            delegate=subject, on=on, way=MandateEnd(way), reason=reason, document=document, actor=actor(request)
        )
        return f"{subject.person}的代表资格到 {on} 终止。"


@admin.register(UnitElection)
class UnitElectionAdmin(RunByUserAdmin, PortalModelAdmin[UnitElection]):
    """选举单位的选举."""

    fields = ("congress", "branch", "held_on", "seats", "voters_due", "voters_present", "by_election")
    list_display = ("branch", "congress", "held_on", "seats", "recorded", "voters_present", "voters_due", "by_election")
    list_filter = ("congress", "by_election")
    list_select_related = ("branch", "congress__branch")
    search_fields = ("branch__name",)
    autocomplete_fields = ("branch",)
    fixed_fields = ("congress", "branch", "held_on")

    def get_queryset(self, request: HttpRequest) -> QuerySet[UnitElection]:
        """Count the delegates recorded."""
        return super().get_queryset(request).annotate(recorded_on=Count("delegates"))

    @admin.display(description="已登记代表")
    def recorded(self, election: Any) -> int:
        """Count them."""
        return int(election.recorded_on)

    def save_model(self, request: HttpRequest, obj: UnitElection, form: Any, change: bool) -> None:
        """Record through the service."""
        if change:
            super().save_model(request, obj, form, change)
            return
        adopt(obj, mandates.record_election(**form.cleaned_data))
