from django.apps import AppConfig
from django.db.models.signals import post_migrate

from union_portal.base.rooms import House


class MembersConfig(House, AppConfig):
    name = "members"
    label = "members"
    verbose_name = "会员"
    totals = "members.totals.report.summaries.Summaries"

    def ready(self) -> None:
        from members.cohorts.services import sync_cohort_kinds
        from members.dues.services import place_dues_rule

        super().ready()
        post_migrate.connect(sync_cohort_kinds, sender=self)
        post_migrate.connect(place_dues_rule, sender=self)
