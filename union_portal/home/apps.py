from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "union_portal.home"
    label = "home"
    verbose_name = "首页"

    def ready(self) -> None:
        from union_portal.base.portal import contribute
        from union_portal.home.desk.portal import CONTRIBUTION

        contribute(CONTRIBUTION)
