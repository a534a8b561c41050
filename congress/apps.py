from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CongressConfig(AppConfig):
    name = "congress"
    label = "congress"
    verbose_name = "民主管理"

    def ready(self) -> None:
        from congress import receivers as _receivers  # noqa: F401 - they connect themselves
        from congress import resources as _resources  # noqa: F401 - its kinds register themselves
        from congress.portal import CONTRIBUTION
        from congress.report import SOURCE
        from congress.services.drives import place_starting_categories
        from union_portal.base.figures import register_source
        from union_portal.base.portal import contribute

        register_source(SOURCE)
        contribute(CONTRIBUTION)
        post_migrate.connect(place_starting_categories, sender=self)
