from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "union_portal.home"
    label = "home"
    verbose_name = "首页"

    def ready(self) -> None:
        from union_portal.base.rooms import load_rooms

        load_rooms(self.name, "portal")
