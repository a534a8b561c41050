"""Reads of visits in business words."""

from typing import TYPE_CHECKING, Any, Self

from django.db.models import Case, QuerySet, When
from django.db.models.functions import Coalesce

from union_portal.base.querysets import seen_through
from welfare.books.querysets import SEES_ALL
from welfare.payouts.enums import GIVEN, PayoutState

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User


class VisitQuerySet(QuerySet[Any]):
    """Visits."""

    def visible_to(self, user: "User") -> Self:
        """Return what the account may see: the school's, or those by the own branch and to its people."""
        if user.is_superuser or user.has_role(*SEES_ALL):
            return self.all()
        return seen_through(self, "branch", user) | seen_through(self, "person", user)

    def standing(self) -> Self:
        """Return those that took place."""
        return self.exclude(state=PayoutState.ANNULLED)

    def with_yuan(self) -> Self:
        """Annotate `yuan`: what came along, once, by the linked grant or by the visit's own amount."""
        return self.annotate(yuan=Coalesce("grant__amount", Case(When(state__in=GIVEN, then="amount"))))
