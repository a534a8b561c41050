from django.apps import AppConfig

from union_portal.base.rooms import House


class ActivitiesConfig(House, AppConfig):
    name = "activities"
    label = "activities"
    verbose_name = "活动"
    totals = "members.totals.report.summaries.Summaries"
