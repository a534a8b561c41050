from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "union_portal.home"
    label = "home"
    verbose_name = _("home")

    def ready(self) -> None:
        from union_portal.base.portal import contribute
        from union_portal.home.portal import CONTRIBUTION

        contribute(CONTRIBUTION)
