"""Reads of people in business words; every one of them can be asked for a day."""

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from members.people.enums import MembershipState
from union_portal.accounts.enums import SCHOOL_ROLES, Role
from union_portal.base.chinese import search_text
from union_portal.base.encryption import blind_index
from union_portal.base.querysets import DatedQuerySet, in_force

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User


class OfPersonQuerySet(DatedQuerySet):
    """Dated rows about a person."""

    def visible_to(self, user: "User") -> Self:
        """Return the rows about people whom the account may see."""
        people: Any = self.model._meta.get_field("person").related_model  # noqa: SLF001
        return self.filter(person__in=people._default_manager.visible_to(user))  # noqa: SLF001


class PersonQuerySet(models.QuerySet[Any]):
    """People."""

    def _related(self, name: str) -> "models.QuerySet[Any]":
        related: Any = self.model._meta.get_field(name).related_model  # noqa: SLF001
        people: models.QuerySet[Any] = related._default_manager.filter(person=OuterRef("pk")).order_by()  # noqa: SLF001
        return people

    def members(self, *, on: dt.date, state: MembershipState | None = MembershipState.ACTIVE) -> Self:
        """Return the people with a membership on the day: active ones, or in the given state, or (None) any."""
        episodes = self._related("memberships").filter(in_force(on))
        return self.filter(Exists(episodes.filter(state=state) if state else episodes))

    def in_branch(self, branches: "models.QuerySet[Any] | list[Any]", *, on: dt.date) -> Self:
        """Return the people assigned on the day to one of the branches."""
        return self.filter(Exists(self._related("assignments").filter(in_force(on), branch__in=branches)))

    def in_cohort(self, codes: list[str], *, on: dt.date) -> Self:
        """Return the people who belong on the day to one of the special groups."""
        return self.filter(Exists(self._related("cohorts").filter(in_force(on), kind__code__in=codes)))

    def with_branch(self, *, on: dt.date) -> Self:
        """Annotate `branch_id_on` and `branch_name_on`: where each belongs on the day, null where nowhere."""
        current = self._related("assignments").filter(in_force(on))
        return self.annotate(
            branch_id_on=models.Subquery(current.values("branch")[:1]),
            branch_name_on=models.Subquery(current.values("branch__name")[:1]),
        )

    def with_membership(self, *, on: dt.date) -> Self:
        """Annotate `membership_state_on`: the state of the membership on the day, null for non-members."""
        current = self._related("memberships").filter(in_force(on))
        return self.annotate(membership_state_on=models.Subquery(current.values("state")[:1]))

    def by_strokes(self) -> Self:
        """Order as rolls are printed: 按姓氏笔画为序."""
        return self.order_by("stroke_key", "pinyin_key", "pk")

    def search(self, text: str) -> Self:
        """Find by staff number, name, full pinyin or initials; several words narrow the search."""
        found = self
        for word in text.split():
            found = found.filter(Q(search_key__contains=search_text(word)) | Q(staff_number__istartswith=word))
        return found

    def with_identity(self, number: str) -> Self:
        """Find by the exact identity number, through its blind index."""
        return self.filter(identity_index=blind_index(number.strip().upper()))

    def visible_to(self, user: "User") -> Self:
        """Return whom the account may see: the whole school, the own branch, or only oneself."""
        if user.is_superuser or user.has_role(*SCHOOL_ROLES):
            return self.all()
        me = Q(user=user)
        if user.has_role(Role.BRANCH_CHAIR):
            assignment: Any = self.model._meta.get_field("assignments").related_model  # noqa: SLF001
            branches = assignment._meta.get_field("branch").related_model._default_manager.led_by(user)  # noqa: SLF001
            today = timezone.localdate()
            mine = self._related("assignments").filter(in_force(today), branch__in=branches.values("pk"))
            return self.filter(me | Exists(mine))
        return self.filter(me)


def people_seen_by(queryset: "models.QuerySet[Any]", user: "User") -> "models.QuerySet[Any]":
    people: Any = queryset.model._meta.get_field("person").related_model  # noqa: SLF001
    visible: models.QuerySet[Any] = people._default_manager.visible_to(user)  # noqa: SLF001
    return visible
