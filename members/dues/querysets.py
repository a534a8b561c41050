"""Who owes dues for a month, and which months are not paid."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from members.people.enums import MembershipState
from union_portal.base.periods import months_later
from union_portal.base.querysets import WholeListQuerySet


def owing(*, month: dt.date, whole: bool = True) -> Q:
    """Return the condition on memberships of which dues are owed for the month: active ones, not kept.

    Whoever joined in it owes from the next on, where the rule asks for a `whole` month; whoever ended in it owes none.
    """
    last = months_later(month, 1) - dt.timedelta(days=1)
    from_day = Q(valid_from__lte=month) if whole else Q(valid_from__lte=last)
    return from_day & (Q(valid_to=None) | Q(valid_to__gte=last)) & Q(state=MembershipState.ACTIVE)


class DuesRuleQuerySet(WholeListQuerySet):
    """Rules of dues."""

    def of(self, month: dt.date) -> Any:
        """Return the rule in force in the month, the latest begun; None before the first."""
        return self.filter(valid_from__lte=month).order_by("-valid_from").first()


class DuesLineQuerySet(WholeListQuerySet):
    """Months of dues."""

    def short(self) -> Self:
        """Return the months of which not everything came."""
        return self.filter(paid__lt=F("due"))

    def arrears(self) -> "models.QuerySet[Any]":
        """Return by person what is in arrears, in yuan, and of how many months."""
        told = self.short().order_by().values("person")
        found: models.QuerySet[Any] = told.annotate(months=models.Count("pk"), left=models.Sum(F("due") - F("paid")))
        return found
