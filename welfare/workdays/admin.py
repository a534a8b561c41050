"""The calendar of working days on the desk."""

from django.contrib import admin

from union_portal.base.admin import RecordAdmin
from welfare.workdays.models import Workday


@admin.register(Workday)
class WorkdayAdmin(RecordAdmin[Workday]):
    pass
