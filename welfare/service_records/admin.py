"""Services on the desk."""

from django.contrib import admin

from union_portal.base.admin import RecordAdmin
from welfare.service_records.models import ServiceKind, ServiceRecord


@admin.register(ServiceKind)
class ServiceKindAdmin(RecordAdmin[ServiceKind]):
    list_display = ("name", "code", "named")
    fixed_fields = ("code",)


@admin.register(ServiceRecord)
class ServiceRecordAdmin(RecordAdmin[ServiceRecord]):
    list_display = ("title", "kind", "held_on", "whom", "served", "amount")
    export_also = ("stage", "branch", "partner", "result")
    list_filter = ("kind", "stage", "branch")
