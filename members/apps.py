from django.apps import AppConfig
from django.db.models.signals import post_migrate


class MembersConfig(AppConfig):
    name = "members"
    label = "members"
    verbose_name = "会员"

    def ready(self) -> None:
        from members.cohorts.services import sync_cohort_kinds
        from members.register.report import SOURCE
        from union_portal.base.figures import register_source
        from union_portal.base.rooms import load_rooms

        load_rooms(self.name, "resources")
        load_rooms(self.name, "receivers")
        load_rooms(self.name, "portal")
        register_source(SOURCE)
        post_migrate.connect(sync_cohort_kinds, sender=self)
