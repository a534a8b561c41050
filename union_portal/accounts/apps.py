from django.apps import AppConfig


class AccountsConfig(AppConfig):
    notes_changes = True
    name = "union_portal.accounts"
    label = "accounts"
    verbose_name = "账号"

    def ready(self) -> None:
        from union_portal.accounts import portal, receivers  # noqa: F401
