from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "activities"
    label = "activities"
    verbose_name = "活动"

    def ready(self) -> None:
        from members.totals.report import Summaries
        from union_portal.base.figures import register_source
        from union_portal.base.figures.source import kinds_of_rooms, source
        from union_portal.base.rooms import load_rooms

        load_rooms(self.name, "resources")
        load_rooms(self.name, "receivers")
        register_source(source(self.name, kinds_of_rooms(self.name), totals=Summaries))
