from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "union_portal.demo"
    label = "demo"
    verbose_name = "演示"
