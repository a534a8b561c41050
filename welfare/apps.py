from django.apps import AppConfig
from django.db.models.signals import post_migrate

from union_portal.base.rooms import House


class WelfareConfig(House, AppConfig):
    name = "welfare"
    label = "welfare"
    verbose_name = "福利慰问"

    def ready(self) -> None:
        from union_portal.base.figures import joined, register_source
        from welfare.grants.report import figures as grants
        from welfare.ledger import report as ledger
        from welfare.mutual_aid import report as mutual_aid
        from welfare.starting_catalogue.services.placing import place_starting_catalogue

        super().ready()
        money = ledger.SOURCE
        parts = {"": grants.SOURCE, "cover": mutual_aid.SOURCE, "purchase": money, "spent": money}
        register_source(joined("welfare", parts))
        post_migrate.connect(place_starting_catalogue, sender=self)
