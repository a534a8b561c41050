from django.apps import AppConfig


class SampleConfig(AppConfig):
    notes_changes = True
    name = "tests.sample"
    label = "sample"
    verbose_name = "样例"

    def ready(self) -> None:
        from tests.sample import resources  # noqa: F401
