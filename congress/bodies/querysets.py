"""Who sees and who runs which congress; reads of terms."""

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import GreaterThan, GreaterThanOrEqual

from congress.bodies.enums import Bound
from union_portal.accounts.enums import SCHOOL_ROLES, Role
from union_portal.base.querysets import DatedQuerySet

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User


# Meetings of which both numbers, 应到 and 实到, were written down.
BOTH_KNOWN = {"due__isnull": False, "present__isnull": False}


def sees_school(user: "User") -> bool:
    """Tell whether the account sees the whole school's congress papers at the desk."""
    return user.is_superuser or user.has_role(*SCHOOL_ROLES)


def runs_school(user: "User") -> bool:
    """Tell whether the account runs the school's congress, and every branch's with it."""
    return user.is_superuser or user.has_role(Role.CONGRESS)


def led_by(user: "User") -> Any:
    """Return the branches whose own congress the account runs: those it chairs, none for other roles."""
    from django.apps import apps  # noqa: PLC0415 - below the models

    branches: Any = apps.get_model("members", "Branch")._default_manager  # noqa: SLF001
    return branches.led_by(user) if user.has_role(Role.BRANCH_CHAIR) else branches.none()


def quorate(body: str) -> Q:
    """Return the condition that so many were present as the quorum of the body at the path asks for of those due."""
    came = F("present") * F(f"{body}__quorum_denominator")
    share = F("due") * F(f"{body}__quorum_numerator")
    return Q(
        Q(GreaterThanOrEqual(came, share), **{f"{body}__quorum_bound": Bound.AT_LEAST})
        | Q(GreaterThan(came, share), **{f"{body}__quorum_bound": Bound.MORE_THAN}),
        **BOTH_KNOWN,
    )


class OfficeListQuerySet(models.QuerySet[Any]):
    """Lists that the school's union officers keep and see whole."""

    def visible_to(self, user: "User") -> Self:
        return self.all() if sees_school(user) else self.none()


class CongressScopedQuerySet(DatedQuerySet):
    # How the row reaches its congress.
    congress_path = "congress"

    def visible_to(self, user: "User") -> Self:
        return self.all() if sees_school(user) else self._of_led(user)

    def run_by(self, user: "User") -> Self:
        return self.all() if runs_school(user) else self._of_led(user)

    def _of_led(self, user: "User") -> Self:
        if not user.has_role(Role.BRANCH_CHAIR):
            return self.none()
        path = getattr(self.model, "congress_path", self.congress_path)
        return self.filter(**{f"{path}__branch__in" if path else "branch__in": led_by(user)})


class CongressQuerySet(CongressScopedQuerySet):
    """Congresses (terms)."""

    congress_path = ""

    def current(self, *, on: dt.date) -> Self:
        """Return the terms that have begun and not run out on the day."""
        return self.filter(began_on__lte=on, ends_on__gte=on)


class OfCongressQuerySet(CongressScopedQuerySet):
    """Rows with a congress."""
