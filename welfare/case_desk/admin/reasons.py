"""The reasons for which a case comes back, on the desk."""

from django.contrib import admin

from union_portal.base.admin import RecordAdmin
from welfare.cases.models import ReturnReason


@admin.register(ReturnReason)
class ReturnReasonAdmin(RecordAdmin[ReturnReason]):
    list_display = ("name", "explained", "active")
    code_field = "code"
