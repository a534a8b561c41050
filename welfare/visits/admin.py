"""Visits on the desk, entered on one page, also by a branch's chair."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from members.branches.models import Branch
from union_portal.accounts.requests import account_of
from union_portal.base.admin import RecordAdmin, display
from union_portal.base.errors import DomainError
from union_portal.base.money import grouped
from welfare.payouts.admin import PayoutAdmin
from welfare.visits.models import Visit, VisitKind


@admin.register(VisitKind)
class VisitKindAdmin(RecordAdmin[VisitKind]):
    list_display = ("name", "code", "cohort", "grave")
    fixed_fields = ("code",)


@admin.register(Visit)
class VisitAdmin(PayoutAdmin[Visit]):
    list_display = ("whose", "kind", "visited_on", "visitors", "state_shown", "yuan_shown")
    export_also = ("branch", "occasion", "place", "gift")
    list_filter = ("kind", "branch", "occasion", "state", "visited_on")
    search_fields = ("person__name", "person__search_key", "person__staff_number", "whom")
    date_hierarchy = "visited_on"
    list_select_related = ("person", "kind")
    fields = (
        *("kind", "person", "whom", ("visited_on", "visitors"), ("branch", "occasion"), ("place", "gift")),
        *("amount", "grant", "apart"),
    )

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Visit]":
        """Add what came along."""
        found: Any = super().get_queryset(request)
        return found.with_yuan()  # type: ignore[no-any-return]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Begin with today, whoever goes, and the own branch of a branch's chair."""
        account = account_of(request)
        start = {"visited_on": timezone.localdate(), "visitors": account.get_full_name()}
        return {**start, "branch": Branch.objects.sole_led_by(account), **super().get_changeform_initial_data(request)}

    def save_model(self, request: HttpRequest, obj: Visit, form: Any, change: bool) -> None:
        """Enter what a branch's chair did as the branch's."""
        if account_of(request).is_confined and obj.branch is None:
            raise DomainError("请选择走访的分工会。", field="branch")
        super().save_model(request, obj, form, change)

    def is_mourning(self, subject: Visit) -> bool:
        """Illness, death and want."""
        return subject.kind.grave

    @display(description="走访对象", ordering="person__pinyin_key")
    def whose(self, visit: Visit) -> str:
        return visit.whose

    @display(description="金额（元）", ordering="yuan")
    def yuan_shown(self, visit: Visit) -> str:
        return grouped(visit.yuan) if visit.yuan else ""  # type: ignore[attr-defined]
