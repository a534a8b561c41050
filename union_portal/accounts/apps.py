from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "union_portal.accounts"
    label = "accounts"
    verbose_name = _("user accounts")

    def ready(self) -> None:
        from union_portal.accounts import receivers  # noqa: F401
