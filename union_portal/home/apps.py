from django.apps import AppConfig

from union_portal.base.rooms import House


class HomeConfig(House, AppConfig):
    name = "union_portal.home"
    label = "home"
    notes_changes = False
    verbose_name = "首页"
