from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class BaseConfig(AppConfig):
    name = "union_portal.base"
    label = "base"
    verbose_name = "基础"

    def ready(self) -> None:
        from union_portal.base import checks  # noqa: F401
        from union_portal.base.guards import install_guards
        from union_portal.base.keyring import register_after_migrate
        from union_portal.base.readiness import refuse_to_migrate_without_rights
        from union_portal.base.texts import keep_texts_readable
        from union_portal.base.vocabulary import sync_allowed_moves

        keep_texts_readable()
        pre_migrate.connect(refuse_to_migrate_without_rights, sender=self)
        post_migrate.connect(install_guards, sender=self)
        post_migrate.connect(sync_allowed_moves, sender=self)
        post_migrate.connect(register_after_migrate, sender=self)
