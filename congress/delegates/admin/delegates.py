"""Delegates with their mandates, and the elections in units that made them."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from congress.bodies.admin import RunByUserAdmin
from congress.delegates.forms import CorrectForm, EndForm, PlaceForm, of_one_congress
from congress.delegates.models import Delegate, Delegation, UnitElection
from congress.delegates.services import corrections, mandates
from union_portal.accounts.requests import account_of
from union_portal.base.admin import PortalModelAdmin, RecordAdmin, display, object_action
from union_portal.base.admin.columns import column, share
from union_portal.base.querysets import how_many


def _running(delegate: Delegate) -> bool:
    return delegate.valid_to is None


class HoldsFilter(admin.SimpleListFilter):
    """Whether a mandate holds today; who looks at the list sees those that do, unless asked otherwise."""

    title, parameter_name = "代表资格", "holds"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, Any]]:
        return [("ended", "已终止"), ("moved", "调离原单位"), ("all", "全部")]

    def queryset(self, _request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        today, rows = timezone.localdate(), queryset
        asked: dict[Any, Any] = {
            "ended": lambda: rows.filter(valid_to__lt=today),
            "moved": lambda: rows.moved(on=today),  # type: ignore[attr-defined]
            "all": lambda: rows,
        }
        return asked.get(self.value(), lambda: rows.in_force(on=today))()  # type: ignore[attr-defined,no-any-return]


@admin.register(Delegate)
class DelegateAdmin(PortalModelAdmin[Delegate]):
    """代表: entered on the page of the congress or by list; they move and end by steps."""

    list_display = ("person", "congress", "delegation", "unit", "seat", "held")
    export_also = ("began_by", "valid_from", "valid_to", "ended_by")
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
        return False

    @display(description="任期", ordering="valid_from")
    def held(self, delegate: Delegate) -> str:
        """Say since when, and until when and why no longer."""
        if delegate.valid_to is None:
            return f"{delegate.valid_from} 起"
        return f"{delegate.valid_from} 至 {delegate.valid_to}（{delegate.get_ended_by_display()}）"

    @object_action(
        description="编入代表团",
        permission="congress.change_delegate",
        form=of_one_congress(PlaceForm),
        offered=_running,
        icon="group_add",
    )
    def place(self, _request: HttpRequest, subject: Delegate, delegation: Delegation) -> str:
        mandates.place_in(delegates=[subject], delegation=delegation)
        return f"{subject.person}编入{delegation}。"

    @object_action(
        description="更正代表资格",
        permission="congress.change_delegate",
        form=of_one_congress(CorrectForm),
        initial=lambda one: {
            "person": one.person_id,
            "on": one.valid_from,
            "delegation": one.delegation_id,
        },
        confirmation=lambda _admin, _request, delegate: (
            f"已不能更正：{'；'.join(why)}。请结束该代表资格后另行录入。"
            if (why := corrections.hanging_on(delegate))
            else "仅用于更正录入错误；撤换、调动请按相应步骤办理。"
        ),
        offered=_running,
        icon="edit",
    )
    def correct(self, request: HttpRequest, subject: Delegate, **data: Any) -> str:
        made = corrections.correct_mandate(delegate=subject, actor=account_of(request), **data)
        before = f"{subject.person} {subject.valid_from} {subject.delegation or ''}".strip()
        said = f"已更正，原为：{before}。原因：{data['reason']}"
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
    def end(self, request: HttpRequest, subject: Delegate, **data: Any) -> str:
        mandates.end_mandate(delegate=subject, actor=account_of(request), **data)
        return f"{subject.person}的代表资格到 {data['on']} 终止。"


@admin.register(UnitElection)
class UnitElectionAdmin(RunByUserAdmin, RecordAdmin[UnitElection]):
    list_display = ("branch", "congress", "held_on", "seats", "recorded", "came")
    export_also = ("voters_present", "voters_due", "by_election")
    list_filter = ("congress", "by_election")
    list_select_related = ("branch", "congress__branch")
    search_fields = ("branch__name",)
    fixed_fields = ("congress", "branch", "held_on")

    def get_queryset(self, request: HttpRequest) -> QuerySet[UnitElection]:
        return super().get_queryset(request).annotate(recorded_on=how_many(Delegate.objects.all(), "election"))

    recorded = column("已登记代表", "recorded_on")
    came = share("到会选民", "voters_present", "voters_due")
