"""Reads of branches, terms and assignments, as of any day."""

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Concat
from django.utils import timezone

from members.branches.enums import BranchKind, Position
from members.people.enums import MembershipState
from union_portal.accounts.enums import SCHOOL_ROLES, Role
from union_portal.base.prepared import own
from union_portal.base.querysets import in_force, seen_through

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User

# So many days before its end a term is due for an election.
DUE_WITHIN = 90


def tree_path() -> Case:
    """Return the expression by which every branch stands behind its parent."""
    return Case(
        When(parent=None, then=F("code")),
        When(parent__parent=None, then=Concat("parent__code", Value("/"), "code")),
        default=Concat("parent__parent__code", Value("/"), "parent__code", Value("/"), "code"),
        output_field=models.TextField(),
    )


class BranchQuerySet(models.QuerySet[Any]):
    """Branches."""

    def standing(self, *, on: dt.date) -> Self:
        """Return the branches that exist on the day; an unknown founding day counts as always."""
        return self.filter(
            Q(founded_on__isnull=True) | Q(founded_on__lte=on), Q(dissolved_on__isnull=True) | Q(dissolved_on__gt=on)
        )

    def without_chair(self, *, on: dt.date) -> Self:
        """Return those in which nobody holds the chair on the day; neither groups nor the school's union are asked."""
        chairs = self.model._default_manager.filter(  # noqa: SLF001
            in_force(on, "terms__offices__"), terms__offices__position=Position.CHAIR
        )
        return self.exclude(kind__in=(BranchKind.GROUP, BranchKind.SCHOOL)).exclude(
            pk__in=chairs.order_by().values("pk")
        )

    def with_groups(self, *keys: int) -> "models.QuerySet[Any]":
        """Return the keys of these branches and of the groups below them, for a filter on a branch."""
        found = self.filter(Q(pk__in=keys) | Q(parent__in=keys))
        return found.order_by().values("pk")

    def as_tree(self) -> Self:
        """Order every branch behind its parent, and annotate its `depth` (0 to 2)."""
        depth = Case(When(parent=None, then=0), When(parent__parent=None, then=1), default=2)
        return self.annotate(depth=depth).order_by(tree_path())

    def with_state(self, *, on: dt.date) -> Self:
        """Annotate `chair_on`, `members_on` (active ones, counted at once) and `term_ends_on` as of the day."""
        branch = self.model._default_manager.order_by()  # noqa: SLF001
        active = Q(assignments__person__memberships__state=MembershipState.ACTIVE) & in_force(on, "assignments__")
        people = branch.filter(active & in_force(on, "assignments__person__memberships__"))
        # Asked of every branch by itself, the planner would expect so much that it compiles the query first.
        counts = people.values_list("pk").annotate(Count("pk"))
        chairs = branch.filter(in_force(on, "terms__offices__"), terms__offices__position=Position.CHAIR)
        terms = branch.filter(terms__began_on__lte=on).order_by("-terms__began_on")
        return self.annotate(
            chair_on=Subquery(chairs.filter(pk=OuterRef("pk")).values("terms__offices__person__name")[:1]),
            members_on=Case(*(When(pk=pk, then=count) for pk, count in counts), default=0),
            term_ends_on=Subquery(terms.filter(pk=OuterRef("pk")).values("terms__ends_on")[:1]),
        )

    def led_by(self, user: "User") -> Self:
        """Return the branches the account chairs today, each with the groups below it."""
        return self.filter(pk__in=self.keys_led_by(user))

    def keys_led_by(self, user: "User") -> list[int]:
        """Return their keys, read once a request, so that no list joins the tree for each of its rows."""
        return user.keys("branches_led", self._led_by)

    def sole_led_by(self, user: "User") -> int | None:
        """Return the key of the one branch that the account chairs today, groups aside; None for none or several."""
        own = self.led_by(user).standing(on=timezone.localdate())
        keys = list(own.exclude(parent__in=own.order_by().values("pk")).values_list("pk", flat=True)[:2])
        return keys[0] if len(keys) == 1 else None

    def _led_by(self, user: "User") -> list[int]:
        def asked(account: "User") -> Any:
            roles = account.role_assignments.in_force(on=timezone.localdate()).filter(role=Role.BRANCH_CHAIR)
            mine = roles.order_by().values("branches__branch")
            led = self.model._default_manager.filter(Q(pk__in=mine) | Q(parent__in=mine) | Q(parent__parent__in=mine))  # noqa: SLF001
            return led.order_by().values_list("pk", flat=True).distinct()

        return own(user, "branches led", asked)

    def visible_to(self, user: "User") -> Self:
        """Return the branches whose people the account may see."""
        if user.is_superuser or user.has_role(*SCHOOL_ROLES):
            return self.all()
        return self.led_by(user) if user.has_role(Role.BRANCH_CHAIR) else self.none()


class TermQuerySet(models.QuerySet[Any]):
    """Terms of office."""

    def visible_to(self, user: "User") -> Self:
        """Return the terms of the branches whose people the account may see."""
        return seen_through(self, "branch", user)

    def current(self, *, on: dt.date) -> Self:
        """Return the latest term of each branch that had begun by the day, run out or not."""
        later = self.model._default_manager.filter(  # noqa: SLF001
            branch=OuterRef("branch"), began_on__lte=on, began_on__gt=OuterRef("began_on")
        )
        return self.filter(~Exists(later), began_on__lte=on)

    def due(self, *, on: dt.date, within: int = DUE_WITHIN) -> Self:
        """Return the current terms that end within so many days, or have ended, by the day."""
        return self.current(on=on).filter(ends_on__lte=on + dt.timedelta(days=within))
