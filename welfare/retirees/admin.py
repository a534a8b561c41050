"""The retired on the desk: a list with what each receives, and a page of all of it."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from members.register.admin.filters import BirthMonthFilter, BranchFilter, CohortFilter
from union_portal.accounts.requests import account_of
from union_portal.base.admin import OwnPageAdmin, ReadOnlyModelAdmin, display
from union_portal.base.admin.filters import question
from union_portal.base.money import grouped
from union_portal.base.periods import years_before
from welfare.grants.models import Grant
from welfare.health_checks.models import CheckBooking
from welfare.retirees.models import Retiree
from welfare.retirees.services import not_checked, not_given, not_visited, with_care
from welfare.visits.models import Visit

# So many of each kind are shown on a person's page, the newest first.
SHOWN = 50
_OVERLOOKED = {
    "visit": ("今年未走访", lambda rows: not_visited(rows, year=timezone.localdate().year)),
    "check": ("今年未体检", lambda rows: not_checked(rows, year=timezone.localdate().year)),
    "grant": ("今年没有慰问", lambda rows: not_given(rows, on=timezone.localdate())),
}


def _older(years: int) -> tuple[str, Any]:
    return f"{years} 岁以上", lambda rows: rows.filter(birth_date__lte=years_before(timezone.localdate(), years))


@admin.register(Retiree)
class RetireeAdmin(OwnPageAdmin[Retiree], ReadOnlyModelAdmin[Retiree]):
    page_template = "welfare/retirees/retiree.html"
    list_display = ("name_shown", "branch_today", "retired_on", "visit_shown", "check_shown", "given_shown")
    export_also = ("staff_number", "gender", "given_times")
    list_filter = (
        question(title="待关怀", name="overlooked", narrow=_OVERLOOKED),
        BranchFilter,
        CohortFilter,
        BirthMonthFilter,
        question(title="年龄", name="older", narrow={str(years): _older(years) for years in (70, 80, 90)}),
    )
    search_fields = ("name", "search_key", "staff_number")
    search_help_text = "姓名、全拼、首字母或工号"

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Retiree]":
        """Add where everybody belongs today, and what each receives."""
        today, found = timezone.localdate(), super().get_queryset(request)
        told: Any = found
        return with_care(told.with_branch(on=today), on=today)  # type: ignore[no-any-return]

    def page_parts(self, request: HttpRequest, subject: Retiree, buttons: list[dict[str, Any]]) -> dict[str, Any]:
        """Show what the person was given, who went to see him, and which checks he attended."""
        del buttons
        account = account_of(request)
        grants = Grant.objects.visible_to(account).given().filter(person=subject.pk)
        visits = Visit.objects.visible_to(account).standing().filter(person=subject.pk).with_yuan()
        checks = CheckBooking.objects.visible_to(account).filter(person=subject.pk, attended_on__isnull=False)
        return {
            "grants": grants.select_related("benefit", "occasion")[:SHOWN],
            "visits": visits.select_related("kind", "occasion")[:SHOWN],
            "checks": checks.select_related("health_check").order_by("-attended_on")[:SHOWN],
            "register": reverse("admin:members_person_change", args=[subject.pk]),
            "visit": f"{reverse('admin:welfare_visit_add')}?person={subject.pk}",
            "may_visit": request.user.has_perm("welfare.add_visit"),
        }

    @display(description="姓名", ordering="pinyin_key")
    def name_shown(self, person: Retiree) -> str:
        return person.name

    @display(description="分工会", ordering="branch_name_on")
    def branch_today(self, person: Any) -> str:
        return person.branch_name_on or ""

    @display(description="最近走访", ordering="last_visit")
    def visit_shown(self, person: Any) -> Any:
        return person.last_visit

    @display(description="最近体检", ordering="last_check")
    def check_shown(self, person: Any) -> Any:
        return person.last_check

    @display(description="本年享受（元）", ordering="given_yuan")
    def given_shown(self, person: Any) -> str:
        return grouped(person.given_yuan) if person.given_yuan else ""

    @display(description="本年享受次数", ordering="given_times")
    def given_times(self, person: Any) -> int:
        return int(person.given_times)
