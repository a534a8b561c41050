from django.apps import AppConfig
from django.db.models.signals import post_migrate


class WelfareConfig(AppConfig):
    name = "welfare"
    label = "welfare"
    verbose_name = "福利慰问"

    def ready(self) -> None:
        from union_portal.base.figures import register_source
        from union_portal.base.rooms import load_rooms
        from welfare.starting_catalogue.services.placing import place_starting_catalogue
        from welfare.statistics.report.figures import SOURCE

        load_rooms(self.name, "resources")
        load_rooms(self.name, "receivers")
        register_source(SOURCE)
        load_rooms(self.name, "portal")
        post_migrate.connect(place_starting_catalogue, sender=self)
