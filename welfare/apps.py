from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class WelfareConfig(AppConfig):
    name = "welfare"
    label = "welfare"
    verbose_name = _("welfare")

    def ready(self) -> None:
        from welfare.services.starting_catalogue import place_starting_catalogue

        post_migrate.connect(place_starting_catalogue, sender=self)
