from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CongressConfig(AppConfig):
    name = "congress"
    label = "congress"
    verbose_name = "民主管理"

    def ready(self) -> None:
        from congress.drives.services import place_starting_categories
        from congress.figures.report.source import SOURCE
        from union_portal.base.figures import register_source
        from union_portal.base.rooms import load_rooms

        load_rooms(self.name, "resources")
        load_rooms(self.name, "receivers")
        register_source(SOURCE)
        load_rooms(self.name, "portal")
        post_migrate.connect(place_starting_categories, sender=self)
