from django.apps import AppConfig
from django.db.models.signals import post_migrate

from union_portal.base.rooms import House


class CongressConfig(House, AppConfig):
    name = "congress"
    label = "congress"
    verbose_name = "民主管理"
    totals = "members.totals.report.summaries.Summaries"

    def ready(self) -> None:
        from congress.drives.services import place_starting_categories

        super().ready()
        post_migrate.connect(place_starting_categories, sender=self)
