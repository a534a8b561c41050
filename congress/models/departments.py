"""Departments that answer proposals, and who answers for them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from congress.enums import DepartmentDuty
from congress.querysets import DepartmentPostQuerySet, DepartmentQuerySet
from members.models import Person
from union_portal.base.history import tracked
from union_portal.base.models import Dated


@tracked()
class Department(models.Model):
    """承办部门: an office of the school that proposals are assigned to; a merged one hands its work on."""

    code = models.CharField(_("code"), max_length=16, unique=True)
    name = models.CharField(pgettext_lazy("department", "name"), max_length=64, unique=True)
    closed_on = models.DateField(pgettext_lazy("department", "closed on"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="absorbed", verbose_name=_("merged into")
    )

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("congress", "department")
        verbose_name_plural = _("departments")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(closed_on__isnull=False),
                name="congress_department_merged_is_closed",
                violation_error_message=_("A department that was merged needs the day it was closed."),
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="congress_department_merged_into_another",
                violation_error_message=_("A department is merged into another one."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class DepartmentPost(Dated):
    """Who is contact, head or responsible leader of a department, from when to when; it opens the department's desk."""

    department = models.ForeignKey(
        Department, models.PROTECT, related_name="posts", verbose_name=pgettext_lazy("congress", "department")
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="department_posts", verbose_name=_("person"))
    duty = models.CharField(_("duty"), max_length=16, choices=DepartmentDuty.choices)

    objects = DepartmentPostQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("post in a department")
        verbose_name_plural = _("posts in departments")
        ordering = ["department", "duty", "-valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["department", "person", "duty", "valid_from"],
                name="congress_post_once",
                violation_error_message=_("This post is already recorded."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.department} {self.person} {self.get_duty_display()}"
