"""Reads of reports on proposals."""

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from congress.drives.querysets import reads_all
from congress.ratings.querysets import TOTAL_KINDS
from congress.sessions.enums import SittingState

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User


def accountable(sessions: "models.QuerySet[Any]") -> "models.QuerySet[Any]":
    """Return the sessions a report on proposals may cover: some collected, or a total (往年数据补录) says so."""
    totals: Any = apps.get_model("members", "SummaryRecord").objects.filter(
        kinds__overlap=TOTAL_KINDS,
        period_start__lte=OuterRef("convened_on"),
        period_end__gte=OuterRef("convened_on"),
    )
    held = Q(sittings__state=SittingState.CLOSED, sittings__congress__branch__isnull=True)
    return sessions.filter(Q(drive__isnull=False) | held & Q(Exists(totals))).distinct()


class ProposalReportQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: "User") -> Self:
        """Return all for who reads every proposal, else none."""
        return self.all() if reads_all(user) else self.none()
