from django.apps import AppConfig
from django.db.models.signals import post_migrate

from union_portal.base.rooms import House


class WelfareConfig(House, AppConfig):
    name = "welfare"
    label = "welfare"
    verbose_name = "福利慰问"
    totals = "members.totals.report.summaries.Summaries"

    def ready(self) -> None:
        from welfare.starting_catalogue.services.placing import place_starting_catalogue

        super().ready()
        post_migrate.connect(place_starting_catalogue, sender=self)
