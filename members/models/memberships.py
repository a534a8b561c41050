"""Dated episodes: memberships, branch assignments, special groups."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Func, Q, Value

from members.enums import MembershipEnd, MembershipStart, MembershipState
from members.models.branches import Branch
from members.models.people import Person
from members.querysets import AssignmentQuerySet, CohortQuerySet, MembershipQuerySet
from union_portal.base.history import tracked
from union_portal.base.models import Dated


class _Days(Func):
    function = "DATERANGE"
    output_field = DateRangeField()


def _no_overlap(*, name: str, message: str) -> ExclusionConstraint:
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

    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships", verbose_name="人员")
    state = models.CharField("状态", max_length=16, choices=MembershipState.choices, default=MembershipState.ACTIVE)
    began_by = models.CharField("起始方式", max_length=16, choices=MembershipStart.choices)
    ended_by = models.CharField("终止方式", max_length=16, choices=MembershipEnd.choices, blank=True)
    counterpart = models.CharField("转入（转出）单位", max_length=100, blank=True)
    document = models.CharField("依据文件", max_length=200, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "会籍"
        ordering = ["person", "valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            _no_overlap(name="members_membership_no_overlap", message="同一人的会籍时间不能重叠。"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True, ended_by="") | (Q(valid_to__isnull=False) & ~Q(ended_by="")),
                name="members_membership_end_has_a_way",
                violation_error_message="已终止的会籍须注明终止方式，未终止的不填。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_state_display()} {self.valid_from}"


@tracked()
class BranchAssignment(Dated):
    """所属分工会: where a person belonged from when to when."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="assignments", verbose_name="人员")
    branch = models.ForeignKey(Branch, models.PROTECT, related_name="assignments", verbose_name="分工会")

    objects = AssignmentQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "所属分工会"
        ordering = ["person", "valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            _no_overlap(name="members_assignment_no_overlap", message="同一时间只能属于一个分工会。"),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.branch}"


class CohortKind(models.Model):
    """特殊群体 as editable data: model workers, veterans, disabled staff …"""

    code = models.CharField("编码", max_length=32, unique=True)
    name = models.CharField("名称", max_length=64, unique=True)
    sensitive = models.BooleanField("敏感", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "特殊群体类别"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


@tracked()
class Cohort(Dated):
    """A person's dated place in a special group; groups overlap."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="cohorts", verbose_name="人员")
    kind = models.ForeignKey(CohortKind, models.PROTECT, related_name="people", verbose_name="特殊群体")
    document = models.CharField("依据文件", max_length=200, blank=True)

    objects = CohortQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "特殊群体人员"
        ordering = ["kind", "person"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["person", "kind", "valid_from"],
                name="members_cohort_once",
                violation_error_message="此项已登记。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.kind}"
