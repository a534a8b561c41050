"""The tree of branches, their terms of office and officers, and the branches a role is held for."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from members.enums import BranchKind, Position
from members.models.people import Person
from members.querysets import BranchQuerySet, OfPersonQuerySet, TermQuerySet
from union_portal.accounts.models import RoleAssignment
from union_portal.base.history import tracked
from union_portal.base.models import Dated


@tracked()
class Branch(models.Model):
    """分工会 or 工会小组: a node of the tree that people belong to."""

    code = models.CharField(_("code"), max_length=16, unique=True)
    name = models.CharField(_("name"), max_length=64, unique=True)
    kind = models.CharField(_("kind"), max_length=16, choices=BranchKind.choices, default=BranchKind.BRANCH)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("parent")
    )
    founded_on = models.DateField(_("founded"), null=True, blank=True)
    dissolved_on = models.DateField(_("dissolved"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="absorbed", verbose_name=_("merged into")
    )

    objects = BranchQuerySet.as_manager()

    class Meta:
        verbose_name = _("branch")
        verbose_name_plural = _("branches")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(dissolved_on__isnull=True)
                | Q(founded_on__isnull=True)
                | Q(dissolved_on__gte=F("founded_on")),
                name="members_branch_dates_in_order",
                violation_error_message=_("A branch is dissolved after it was founded."),
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(dissolved_on__isnull=False),
                name="members_branch_merged_is_dissolved",
                violation_error_message=_("A branch that was merged needs the day it was dissolved."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class Term(models.Model):
    """A term of office (届) of a branch's committee; its end is when 换届 is due."""

    branch = models.ForeignKey(Branch, models.PROTECT, related_name="terms", verbose_name=_("branch"))
    number = models.PositiveSmallIntegerField(pgettext_lazy("term", "number"))
    began_on = models.DateField(_("began"))
    ends_on = models.DateField(_("ends"))
    requested_on = models.DateField(_("request sent"), null=True, blank=True)
    approved_on = models.DateField(pgettext_lazy("term", "approved"), null=True, blank=True)
    document = models.CharField(_("deciding document"), max_length=200, blank=True)

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = _("term of office")
        verbose_name_plural = _("terms of office")
        ordering = ["branch", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["branch", "number"], name="members_term_once"),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("began_on")),
                name="members_term_dates_in_order",
                violation_error_message=_("A term ends after it began."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.branch} {self.number}"


@tracked()
class Office(Dated):
    """工会任职: who held which post in a term, from when to when."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="offices", verbose_name=_("person"))
    term = models.ForeignKey(Term, models.CASCADE, related_name="offices", verbose_name=_("term of office"))
    position = models.CharField(pgettext_lazy("office", "position"), max_length=16, choices=Position.choices)
    by_election = models.BooleanField(_("by-election"), default=False)

    objects = OfPersonQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        ordering = ["term", "position", "-valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["person", "term", "position", "valid_from"],
                name="members_office_once",
                violation_error_message=_("This office is already recorded."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_position_display()}"


class BranchRole(models.Model):
    """The branch a role is held for; a branch chair without one sees nobody."""

    assignment = models.ForeignKey(RoleAssignment, models.CASCADE, related_name="branches", verbose_name=_("role"))
    branch = models.ForeignKey(Branch, models.CASCADE, related_name="roles", verbose_name=_("branch"))

    class Meta:
        verbose_name = _("branch of a role")
        verbose_name_plural = _("branches of roles")
        constraints = [models.UniqueConstraint(fields=["assignment", "branch"], name="members_branchrole_once")]

    def __str__(self) -> str:
        return f"{self.assignment} · {self.branch}"
