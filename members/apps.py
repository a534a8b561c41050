from django.apps import AppConfig
from django.db.models.signals import post_migrate


class MembersConfig(AppConfig):
    name = "members"
    label = "members"
    verbose_name = "会员"

    def ready(self) -> None:
        from members import resources  # noqa: F401
        from members.portal import CONTRIBUTION
        from members.report import SOURCE
        from members.services.vocabulary import sync_cohort_kinds
        from union_portal.base.figures import register_source
        from union_portal.base.portal import contribute

        contribute(CONTRIBUTION)
        register_source(SOURCE)
        post_migrate.connect(sync_cohort_kinds, sender=self)
