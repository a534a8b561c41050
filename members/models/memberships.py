"""Dated episodes: memberships, branch assignments, special groups."""

from typing import TYPE_CHECKING

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Func, Q, Value
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

from members.enums import MembershipEnd, MembershipStart, MembershipState
from members.models.branches import Branch
from members.models.people import Person
from members.querysets import AssignmentQuerySet, CohortQuerySet, MembershipQuerySet
from union_portal.base.history import tracked
from union_portal.base.models import Dated


class _Days(Func):
    function = "DATERANGE"
    output_field = DateRangeField()


def _no_overlap(*, name: str, message: "_StrPromise") -> ExclusionConstraint:
    return ExclusionConstraint(
        name=name,
        expressions=[
            ("person", RangeOperators.EQUAL),
            (_Days("valid_from", "valid_to", Value("[]")), RangeOperators.OVERLAPS),
        ],
        violation_error_message=message,
    )


@tracked()
class Membership(Dated):
    """会籍: one dated episode of a person's membership, with how it began and ended."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships", verbose_name=_("person"))
    state = models.CharField(_("state"), max_length=16, choices=MembershipState.choices, default=MembershipState.ACTIVE)
    began_by = models.CharField(_("began by"), max_length=16, choices=MembershipStart.choices)
    ended_by = models.CharField(_("ended by"), max_length=16, choices=MembershipEnd.choices, blank=True)
    counterpart = models.CharField(_("other union"), max_length=100, blank=True)
    document = models.CharField(_("document"), max_length=200, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["person", "valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            _no_overlap(name="members_membership_no_overlap", message=_("Memberships of a person must not overlap.")),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True, ended_by="") | (Q(valid_to__isnull=False) & ~Q(ended_by="")),
                name="members_membership_end_has_a_way",
                violation_error_message=_("An ended membership says how it ended, a running one does not."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_state_display()} {self.valid_from}"


@tracked()
class BranchAssignment(Dated):
    """所属分工会: where a person belonged from when to when."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="assignments", verbose_name=_("person"))
    branch = models.ForeignKey(Branch, models.PROTECT, related_name="assignments", verbose_name=_("branch"))

    objects = AssignmentQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("branch assignment")
        verbose_name_plural = _("branch assignments")
        ordering = ["person", "valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            _no_overlap(name="members_assignment_no_overlap", message=_("A person belongs to one branch at a time.")),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.branch}"


class CohortKind(models.Model):
    """特殊群体 as editable data: model workers, veterans, disabled staff …"""

    code = models.CharField(_("code"), max_length=32, unique=True)
    name = models.CharField(_("name"), max_length=64, unique=True)
    sensitive = models.BooleanField(_("sensitive"), default=False)

    class Meta:
        verbose_name = _("kind of special group")
        verbose_name_plural = _("kinds of special group")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


@tracked()
class Cohort(Dated):
    """A person's dated place in a special group; groups overlap."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="cohorts", verbose_name=_("person"))
    kind = models.ForeignKey(CohortKind, models.PROTECT, related_name="people", verbose_name=_("special group"))
    document = models.CharField(_("document"), max_length=200, blank=True)

    objects = CohortQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("place in a special group")
        verbose_name_plural = _("places in special groups")
        ordering = ["kind", "person"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["person", "kind", "valid_from"],
                name="members_cohort_once",
                violation_error_message=_("This is already recorded."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.kind}"
