"""Departments that answer proposals, and who answers for them."""

from django.db import models
from django.db.models import F, Q

from congress.departments.enums import DepartmentDuty
from congress.departments.querysets import DepartmentPostQuerySet, DepartmentQuerySet
from members.people.models import Person
from union_portal.base.history import tracked
from union_portal.base.models import Dated, always, once


@tracked()
class Department(models.Model):
    """承办部门: an office of the school that proposals are assigned to; a merged one hands its work on."""

    code = models.CharField("编码", max_length=16, unique=True)
    name = models.CharField("名称", max_length=64, unique=True)
    closed_on = models.DateField("撤销日期", null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="absorbed", verbose_name="并入"
    )

    objects = DepartmentQuerySet.as_manager()
    empty_words = "承办提案和意见建议的校内部门，各有联系人和分管领导。"

    class Meta:
        verbose_name = verbose_name_plural = "承办部门"
        ordering = ["code"]
        constraints = [
            always(
                Q(merged_into__isnull=True) | Q(closed_on__isnull=False),
                name="merged_is_closed",
                words="已并入其他部门的，须填写撤销日期。",
            ),
            always(
                Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="merged_into_another",
                words="部门只能并入另一个部门。",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class DepartmentPost(Dated):
    """Who is contact, head or responsible leader of a department, from when to when; it opens the department's desk."""

    department = models.ForeignKey(Department, models.PROTECT, related_name="posts", verbose_name="承办部门")
    person = models.ForeignKey(Person, models.PROTECT, related_name="department_posts", verbose_name="人员")
    duty = models.CharField("职责", max_length=16, choices=DepartmentDuty.choices)

    objects = DepartmentPostQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "部门联系人"
        ordering = ["department", "duty", "-valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            once("department", "person", "duty", "valid_from", words="该任职已登记。"),
        ]

    def __str__(self) -> str:
        return f"{self.department} {self.person} {self.get_duty_display()}"
