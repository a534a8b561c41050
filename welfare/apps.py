from django.apps import AppConfig
from django.db.models.signals import post_migrate


class WelfareConfig(AppConfig):
    name = "welfare"
    label = "welfare"
    verbose_name = "福利慰问"

    def ready(self) -> None:
        from union_portal.base.figures import register_source
        from union_portal.base.portal import contribute
        from welfare import resources as _resources  # noqa: F401 - its kinds register themselves
        from welfare.portal import CONTRIBUTION
        from welfare.report import SOURCE
        from welfare.services.starting_catalogue import place_starting_catalogue

        register_source(SOURCE)
        contribute(CONTRIBUTION)
        post_migrate.connect(place_starting_catalogue, sender=self)
