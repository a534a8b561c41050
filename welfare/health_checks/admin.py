"""Health checks at the desk: the check with its hospitals, packages and days, and who booked."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase

from members.people.models import Person
from union_portal.accounts.requests import account_of
from union_portal.base.admin import RecordAdmin, adopt, object_action
from union_portal.base.admin.blocks import Block
from union_portal.base.admin.columns import column, share
from union_portal.base.files import counted, give
from union_portal.base.money import grouped
from union_portal.base.querysets import how_many
from union_portal.base.states import Move
from welfare.health_checks.enums import BookingState
from welfare.health_checks.models import (
    CheckBooking,
    CheckDay,
    CheckHospital,
    CheckPackage,
    HealthCheck,
    TurnoutQuota,
)
from welfare.health_checks.services import booking, refunding
from welfare.health_checks.services.turnout import Turnout, turnout
from welfare.health_checks.tasks import DUE
from welfare.ledger.forms import SpendingForm

_LIVING = ~Q(state=BookingState.CANCELLED)
_CAME = Q(state__in=[BookingState.ATTENDED, BookingState.REFUNDED])


@admin.register(HealthCheck)
class HealthCheckAdmin(RecordAdmin[HealthCheck]):
    list_display = ("name", "audience", "starts_on", "ends_on", "state_shown", "came")
    export_also = ("year", "roster_on", "payer", "commission")
    list_filter = ("state", "audience", "payer")
    children = ("hospitals", "packages", "quotas", "bookings")
    by: ClassVar[Mapping[str, Callable[..., Any] | None]] = {"cancel": booking.cancel}
    actions_detail: ClassVar[tuple[str, ...]] = ("take_due_list", "post_refunds")
    change_form_outer_before_template = "welfare/health_checks/turnout.html"
    came = share("参检 / 已约（人）", "came_count", "booked_count")

    def get_queryset(self, request: HttpRequest) -> QuerySet[HealthCheck]:
        booked = CheckBooking.objects.filter(_LIVING)
        counts = {"booked_count": how_many(booked, "health_check")}
        counts["came_count"] = how_many(booked.filter(_CAME), "health_check")
        return super().get_queryset(request).annotate(**counts)

    def above_form(self, request: HttpRequest, subject: HealthCheck) -> dict[str, Any]:  # noqa: ARG002
        """Set beside each other who of a branch came and who was to."""
        rows = [
            (one.branch.name, f"{one.members:,}", f"{one.came:,}", _told(one)) for one in turnout(health_check=subject)
        ]
        return {"turnout_rows": rows, "turnout_headings": ("分工会", "在册人数", "已参检", "要求")}

    @object_action(
        description="导出应检名单",
        permission="welfare.add_healthcheck",
        note="本次对象中每个人上次体检和下次应检的年度；不含任何体检结果。",
        icon="download",
    )
    def take_due_list(self, request: HttpRequest, subject: HealthCheck) -> HttpResponseBase:
        """Give the list of who is due, logged."""
        asked, title = {"row": subject.pk}, f"应检名单：{subject}"
        answer: HttpResponseBase = give(request, key=DUE, asked=asked, title=title, rows=counted(Person.objects.all()))
        return answer

    @object_action(
        description="报销入账",
        permission="welfare.post_check_refunds",
        form=SpendingForm,
        confirmation=lambda _admin, _request, subject: refunding.dues(subject).words(),
        offered=lambda subject: refunding.dues(subject).waiting().exists(),
        note="登记报销的人之外的财务人员办理，每人一笔。",
        icon="receipt_long",
        primary=True,
    )
    def post_refunds(self, request: HttpRequest, subject: HealthCheck, **given: Any) -> str:
        """Post the refunds that wait."""
        made = refunding.post_refunds(health_check=subject, actor=account_of(request), **given)
        return f"已记台账单 {made}：{made.entry_count:,} 笔，共 {grouped(made.total)} 元。"


def _told(one: Turnout) -> str:
    if one.wanted is None:
        return "未设要求"
    return f"{one.wanted:,}，已达到" if one.came >= one.wanted else f"{one.wanted:,}，还差 {one.wanted - one.came:,}"


@admin.register(CheckHospital)
class CheckHospitalAdmin(RecordAdmin[CheckHospital]):
    list_display = ("name", "health_check", "contract", "contracted_on", "list_first")
    list_filter = ("health_check",)
    fixed_fields = ("health_check",)
    parent = "health_check"
    children = ("days",)


@admin.register(CheckPackage)
class CheckPackageAdmin(RecordAdmin[CheckPackage]):
    list_display = ("name", "health_check", "gender", "ages", "every_years", "cap")
    list_filter = ("health_check",)
    fixed_fields = ("health_check",)
    parent = "health_check"

    @admin.display(description="年龄段", ordering="age_from")
    def ages(self, row: CheckPackage) -> str:
        return f"{row.age_from} 岁及以上" if row.age_to is None else f"{row.age_from}–{row.age_to} 岁"


@admin.register(CheckDay)
class CheckDayAdmin(RecordAdmin[CheckDay]):
    list_display = ("hospital", "health_check", "on", "booked")
    list_filter = ("hospital__health_check", "hospital")
    list_select_related = ("hospital__health_check",)
    search_fields = ("hospital__name",)
    fixed_fields = ("hospital",)
    parent = "hospital"
    health_check = column("体检安排", "hospital__health_check")
    booked = share("已约 / 名额", "booked_count", "places")

    def get_queryset(self, request: HttpRequest) -> QuerySet[CheckDay]:
        booked = how_many(CheckBooking.objects.filter(_LIVING), "day")
        return super().get_queryset(request).annotate(booked_count=booked)


@admin.register(TurnoutQuota)
class TurnoutQuotaAdmin(RecordAdmin[TurnoutQuota]):
    list_display = ("health_check", "members_from", "percent")
    list_filter = ("health_check",)
    fixed_fields = ("health_check",)
    parent = "health_check"


@admin.register(CheckBooking)
class CheckBookingAdmin(RecordAdmin[CheckBooking]):
    """What is booked is changed by its steps alone."""

    list_display = ("person", "health_check", "day", "state_shown", "next_due", "refund")
    export_also = ("branch", "package", "attended_on", "invoice_number", "invoice_amount", "refunded_on")
    list_filter = ("state", "health_check", "branch")
    list_select_related = ("person", "health_check", "day__hospital", "package")
    search_fields = ("person__name", "person__staff_number", "person__search_key")
    fixed_fields = ("health_check", "person", "day")
    date_hierarchy = None
    ordering = ("-pk",)
    by: ClassVar[Mapping[str, Callable[..., Any] | None]] = {
        "cancel": refunding.cancel_booking,
        "rebook": booking.rebook,
        "refund": refunding.refund,
        "correct_refund": refunding.take_refund_back,
    }

    @admin.display(description="下次应检", ordering="health_check__year")
    def next_due(self, row: CheckBooking) -> str:
        return f"{row.next_year} 年" if row.next_year else ""

    def get_fields(self, request: HttpRequest, obj: CheckBooking | None = None) -> Any:
        """Ask a new booking for its day too, which a step can change later."""
        return self.fixed_fields if obj is None else super().get_fields(request, obj)

    def save_model(self, request: HttpRequest, obj: CheckBooking, form: Any, change: bool) -> None:
        if change:
            super().save_model(request, obj, form, change)
            return
        told = {name: form.cleaned_data[name] for name in self.fixed_fields}
        adopt(obj, booking.book(actor=request.user, **told))

    def blocks(self, request: HttpRequest, step: Move, subject: CheckBooking) -> Block | None:
        """Offer no refund where the school pays the hospital."""
        if step.action == "refund" and (reason := refunding.not_refunded(subject)):
            return Block(reason)
        return super().blocks(request, step, subject)
