"""Donation drives on the desk, with their donations and what became of the money."""

from django.contrib import admin
from django.db.models import QuerySet, Sum
from django.http import HttpRequest, HttpResponseBase

from union_portal.base.admin import RecordAdmin, display, object_action
from union_portal.base.files import counted, give
from union_portal.base.money import grouped
from welfare.donations.models import Donation, DonationDrive, DonationUse
from welfare.donations.tasks import SHOWN
from welfare.payments.admin import PaymentAdmin


@admin.register(DonationDrive)
class DonationDriveAdmin(RecordAdmin[DonationDrive]):
    list_display = ("title", "kind", "opened_on", "closed_on", "given")
    export_also = ("cause", "document", "fund")
    list_filter = ("kind",)
    search_fields = ("title", "cause")
    date_hierarchy = "opened_on"
    children = ("donations", "uses")
    actions_detail = ("take_shown_list",)

    def get_queryset(self, request: HttpRequest) -> "QuerySet[DonationDrive]":
        """Add what was given."""
        return super().get_queryset(request).annotate(money=Sum("donations__amount"))

    @display(description="募集款（元）", ordering="money")
    def given(self, drive: DonationDrive) -> str:
        return grouped(drive.money) if drive.money else ""  # type: ignore[attr-defined]

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


@admin.register(DonationUse)
class DonationUseAdmin(PaymentAdmin[DonationUse]):
    list_display = ("recipient", "drive", "purpose", "posted_on", "state_shown", "amount")
    export_also = ("document", "account", "posting", "asked_by")
    list_filter = ("state", "drive")
    search_fields = ("recipient", "purpose", "document")
    fields = ("drive", "recipient", "person", "purpose", "document", "amount", "account", "posted_on")
    parent = "drive"
