"""Donation drives on the desk, with their donations and what became of the money."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet, Sum
from django.http import HttpRequest, HttpResponseBase

from union_portal.accounts.requests import account_of
from union_portal.base.admin import RecordAdmin, display, object_action
from union_portal.base.files import counted, give
from union_portal.base.money import grouped
from welfare.donations import services
from welfare.donations.forms import DiscloseForm
from welfare.donations.models import Donation, DonationDrive, DonationReceipt, DonationUse
from welfare.donations.tasks import SHOWN
from welfare.payments.admin import PaymentAdmin


@admin.register(DonationDrive)
class DonationDriveAdmin(RecordAdmin[DonationDrive]):
    list_display = ("title", "kind", "opened_on", "closed_on", "given")
    export_also = ("cause", "document", "fund")
    list_filter = ("kind",)
    search_fields = ("title", "cause")
    date_hierarchy = "opened_on"
    readonly_fields = ("money_told", "disclosure")
    children = ("donations", "receipts", "uses")
    actions_detail = ("disclose", "take_shown_list")

    def get_queryset(self, request: HttpRequest) -> "QuerySet[DonationDrive]":
        """Add what was given."""
        return super().get_queryset(request).annotate(money=Sum("donations__amount"))

    def get_fields(self, request: HttpRequest, obj: DonationDrive | None = None) -> Any:
        """Say how its money stands once the row exists."""
        told = ["money_told", *(["disclosure"] if obj.disclosure else [])] if obj else []
        return [*told, *super().get_fields(request, obj)]

    @display(description="善款情况")
    def money_told(self, drive: DonationDrive) -> str:
        return drive.standing()

    @display(description="募集款（元）", ordering="money")
    def given(self, drive: DonationDrive) -> str:
        return grouped(drive.money) if drive.money else ""  # type: ignore[attr-defined]

    @object_action(
        description="公示捐赠名单",
        permission="welfare.change_donationdrive",
        form=DiscloseForm,
        offered=services.may_disclose,
        note="姓名只留首字，公示期间可登记异议；有异议的，更正后重新公示。",
    )
    def disclose(self, request: HttpRequest, subject: DonationDrive, **told: Any) -> str:
        """Say until when."""
        made = services.disclose(drive=subject, actor=account_of(request), **told)
        return f"已公示，截止 {made.ends_on}。"

    @object_action(
        description="导出公示名单",
        permission="welfare.view_donationdrive",
        note="姓名只留首字；写明不公示的记作爱心人士。",
    )
    def take_shown_list(self, request: HttpRequest, subject: DonationDrive) -> HttpResponseBase:
        """Give the list with masked names, logged."""
        asked, rows = {"row": subject.pk}, counted(subject.donations.all())
        answer: HttpResponseBase = give(request, key=SHOWN, asked=asked, title=f"公示名单：{subject}", rows=rows)
        return answer


@admin.register(Donation)
class DonationAdmin(RecordAdmin[Donation]):
    list_display = ("donor", "drive", "given_on", "givers", "goods", "amount")
    export_also = ("person", "unnamed")
    list_filter = ("drive",)
    search_fields = ("donor", "goods")
    date_hierarchy = "given_on"
    fixed_fields = ("drive",)
    parent = "drive"


@admin.register(DonationReceipt)
class DonationReceiptAdmin(PaymentAdmin[DonationReceipt]):
    list_display = ("document", "drive", "posted_on", "state_shown", "amount")
    export_also = ("account", "posting", "asked_by")
    list_filter = ("state", "drive")
    search_fields = ("document", "drive__title")
    fields = ("drive", "document", "amount", "account", "posted_on")
    parent = "drive"


@admin.register(DonationUse)
class DonationUseAdmin(PaymentAdmin[DonationUse]):
    list_display = ("recipient", "drive", "purpose", "posted_on", "state_shown", "amount")
    export_also = ("document", "account", "posting", "asked_by")
    list_filter = ("state", "drive")
    search_fields = ("recipient", "purpose", "document")
    fields = ("drive", "recipient", "person", "purpose", "document", "amount", "account", "posted_on")
    parent = "drive"
