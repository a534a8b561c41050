"""Reads of congresses, delegates, departments and committees."""

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from congress.enums import CommitteeKind, DepartmentDuty, Seat
from union_portal.accounts.enums import SCHOOL_ROLES, Role
from union_portal.accounts.querysets import DatedQuerySet

if TYPE_CHECKING:
    from union_portal.accounts.models import User


def sees_school(user: "User") -> bool:
    """Tell whether the account sees the whole school's congress papers at the desk."""
    return user.is_superuser or user.has_role(*SCHOOL_ROLES)


def in_force(prefix: str, *, on: dt.date) -> Q:
    """Return the condition that dated rows reached by the prefix hold on the day."""
    return Q(**{f"{prefix}valid_from__lte": on}) & (
        Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gte": on})
    )


def runs_school(user: "User") -> bool:
    """Tell whether the account runs the school's congress, and every branch's with it."""
    return user.is_superuser or user.has_role(Role.CONGRESS)


def led_by(user: "User") -> Any:
    """Return the branches whose own congress the account runs: those it chairs, none for other roles."""
    from django.apps import apps  # noqa: PLC0415 - below the models

    branches: Any = apps.get_model("members", "Branch")._default_manager  # noqa: SLF001
    return branches.led_by(user) if user.has_role(Role.BRANCH_CHAIR) else branches.none()


class OfficeListQuerySet(models.QuerySet[Any]):
    """Lists that the school's union officers keep and see whole."""

    def visible_to(self, user: "User") -> Self:
        """Return everything for school roles, else nothing."""
        return self.all() if sees_school(user) else self.none()


class _OfCongress(DatedQuerySet):
    # How the row reaches its congress.
    congress_path = "congress"

    def visible_to(self, user: "User") -> Self:
        """Return all for school roles; for branch chairs what belongs to their branches' own congresses."""
        return self.all() if sees_school(user) else self._of_led(user)

    def run_by(self, user: "User") -> Self:
        """Return what the account may change: all for the congress office, for branch chairs their own congresses'."""
        return self.all() if runs_school(user) else self._of_led(user)

    def _of_led(self, user: "User") -> Self:
        if not user.has_role(Role.BRANCH_CHAIR):
            return self.none()
        path = getattr(self.model, "congress_path", self.congress_path)
        return self.filter(**{f"{path}__branch__in" if path else "branch__in": led_by(user)})


class CongressQuerySet(_OfCongress):
    """Congresses (terms)."""

    congress_path = ""

    def current(self, *, on: dt.date) -> Self:
        """Return the terms that have begun and not run out on the day."""
        return self.filter(began_on__lte=on, ends_on__gte=on)


class OfCongressQuerySet(_OfCongress):
    """Rows with a congress."""


class DelegateQuerySet(_OfCongress):
    """Mandates."""

    def voting(self) -> Self:
        """Return mandates with a vote: neither observers nor guests."""
        return self.filter(seat=Seat.DELEGATE)

    def moved(self, *, on: dt.date) -> Self:
        """Return the mandates in force whose holder belongs to another unit today than the one that elected."""
        from django.apps import apps  # noqa: PLC0415 - below the models

        places = apps.get_model("members", "BranchAssignment")._default_manager  # noqa: SLF001
        here = places.filter(in_force("", on=on), person=OuterRef("person"))
        inside = Q(branch=OuterRef("unit")) | Q(branch__parent=OuterRef("unit"))
        running: Self = self.in_force(on=on).filter(seat=Seat.DELEGATE, unit__isnull=False)
        return running.filter(Exists(here)).exclude(Exists(here.filter(inside)))

    def of(self, user: "User", *, on: dt.date | None = None) -> Self:
        """Return the mandates in force of the person behind the account."""
        return self.filter(person__user=user).in_force(on=on or timezone.localdate())


class DepartmentQuerySet(models.QuerySet[Any]):
    """Departments."""

    def visible_to(self, user: "User") -> Self:
        """Return all for school roles, else the departments the account holds a post in."""
        return self.all() if sees_school(user) else self.of(user)

    def standing(self, *, on: dt.date) -> Self:
        """Return departments not closed on the day."""
        return self.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=on))

    def of(self, user: "User", *duties: DepartmentDuty) -> Self:
        """Return the departments the account answers for today, in any of the duties (all when none is named)."""
        held = Q(posts__person__user=user) & in_force("posts__", on=timezone.localdate())
        if duties:
            held &= Q(posts__duty__in=duties)
        mine = self.model._default_manager.filter(held).values("pk")  # noqa: SLF001
        return self.filter(pk__in=mine)


class DepartmentPostQuerySet(DatedQuerySet):
    """Posts in departments."""

    def visible_to(self, user: "User") -> Self:
        """Return all for school roles, else the account's own."""
        return self.all() if sees_school(user) else self.filter(person__user=user)


class CommitteeQuerySet(models.QuerySet[Any]):
    """Committees."""

    def visible_to(self, user: "User") -> Self:
        """Return all for school roles; for branch chairs their branches' own committees."""
        return self.all() if sees_school(user) else self._of_led(user)

    def run_by(self, user: "User") -> Self:
        """Return the committees the account keeps: all for the offices, for branch chairs their branches' own."""
        return self.all() if runs_school(user) or user.has_role(Role.ORGANISATION) else self._of_led(user)

    def _of_led(self, user: "User") -> Self:
        if not user.has_role(Role.BRANCH_CHAIR):
            return self.none()
        return self.filter(Q(branch__in=led_by(user)) | Q(branch=None, congress__branch__in=led_by(user)))

    def standing(self, *, on: dt.date) -> Self:
        """Return committees in office on the day."""
        return self.filter(Q(began_on__lte=on), Q(ends_on__isnull=True) | Q(ends_on__gte=on))


class CommitteeSeatQuerySet(DatedQuerySet):
    """Seats on committees."""

    def visible_to(self, user: "User") -> Self:
        """Return all for school roles, else the account's own."""
        return self.all() if sees_school(user) else self.filter(person__user=user)

    def reviewing(self, user: "User") -> Self:
        """Return the seats that let the account review proposals today: on the school's proposal committee."""
        school = Q(committee__branch=None, committee__congress__branch=None)
        seats = self.filter(school, person__user=user, committee__kind=CommitteeKind.PROPOSAL)
        return seats.in_force(on=timezone.localdate())
