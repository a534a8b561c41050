from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CongressConfig(AppConfig):
    name = "congress"
    label = "congress"
    verbose_name = _("congress")

    def ready(self) -> None:
        from congress import resources as _resources  # noqa: F401 - its kinds register themselves
        from congress.portal import CONTRIBUTION
        from union_portal.base.portal import contribute

        contribute(CONTRIBUTION)
