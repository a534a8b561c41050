"""Reads of regulations."""

import datetime as dt
from typing import Any, Self

from django.apps import apps
from django.db.models import OuterRef, Subquery

from congress.bodies.querysets import OfficeListQuerySet
from congress.regulations.enums import RegulationAct


class RegulationQuerySet(OfficeListQuerySet):
    """Regulations."""

    def with_latest(self, *, on: dt.date) -> Self:
        """Annotate `latest_act` and `latest_on`: what was done last by the day; null before the adoption."""
        versions: Any = apps.get_model("congress", "RegulationVersion").objects
        latest = versions.filter(regulation=OuterRef("pk"), on__lte=on).order_by("-on", "-pk")
        return self.annotate(latest_act=Subquery(latest.values("act")[:1]), latest_on=Subquery(latest.values("on")[:1]))

    def holding(self, *, on: dt.date) -> Self:
        """Return the regulations in force on the day."""
        return self.with_latest(on=on).filter(latest_act__isnull=False).exclude(latest_act=RegulationAct.REPEALED)

    def repealed(self, *, on: dt.date) -> Self:
        """Return the regulations repealed by the day."""
        return self.with_latest(on=on).filter(latest_act=RegulationAct.REPEALED)
