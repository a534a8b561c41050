from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def _ship_outlines(**_signal: Any) -> None:
    from union_portal.annual_report.outlines.services.starting import ensure_outlines

    ensure_outlines()


class AnnualReportConfig(AppConfig):
    name = "union_portal.annual_report"
    notes_changes = True
    label = "annual_report"
    verbose_name = "年度报告"

    def ready(self) -> None:
        """Ship the outlines with every migrate, and load what the rooms put on the desk."""
        from union_portal.base.rooms import load_rooms

        post_migrate.connect(_ship_outlines, sender=self)
        load_rooms(self.name, "portal")
