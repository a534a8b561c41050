"""The tree of branches, who belongs where, terms of office and officers, and the branches a role is held for."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from members.branches.enums import BranchKind, Position
from members.branches.querysets import BranchQuerySet, TermQuerySet
from members.people.models import Person
from members.people.querysets import OfPersonQuerySet
from union_portal.accounts.models import RoleAssignment
from union_portal.base.history import tracked
from union_portal.base.models import Dated
from union_portal.base.models.constraints import always, apart, once


@tracked()
class Branch(models.Model):
    """分工会 or 工会小组: a node of the tree that people belong to."""

    code = models.CharField("编码", max_length=16, unique=True)
    name = models.CharField("名称", max_length=64, unique=True)
    kind = models.CharField("类别", max_length=16, choices=BranchKind.choices, default=BranchKind.BRANCH)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级"
    )
    founded_on = models.DateField("成立日期", null=True, blank=True)
    dissolved_on = models.DateField("撤销日期", null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="absorbed", verbose_name="并入"
    )

    objects = BranchQuerySet.as_manager()
    empty_words = "校工会下的分工会、直属小组和工会小组；人员、代表和签收表都按它们分。"

    class Meta:
        verbose_name = verbose_name_plural = "分工会"
        ordering = ["code"]
        constraints = [
            always(
                Q(dissolved_on__isnull=True) | Q(founded_on__isnull=True) | Q(dissolved_on__gte=F("founded_on")),
                name="dates_in_order",
                words="撤销日期不能早于成立日期。",
            ),
            always(
                Q(merged_into__isnull=True) | Q(dissolved_on__isnull=False),
                name="merged_is_dissolved",
                words="已合并的分工会须填写撤销日期。",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse a branch below itself, a new one without a founding day, and one founded where its parent is not.

        Older rows may have no day: those always stood.
        """
        if self._state.adding and self.founded_on is None:
            raise ValidationError({"founded_on": "请填写成立日期：分工会从这一天起计入各项统计。"})
        above, seen = self.parent, {self.pk} - {None}
        while above is not None and above.pk not in seen:
            seen.add(above.pk)
            above = above.parent
        if above is not None:
            raise ValidationError({"parent": "分工会不能隶属于自己。"})
        if self._state.adding and self.parent is not None and self.founded_on is not None:
            absent = self.parent.absent(on=self.founded_on)
            if absent:
                raise ValidationError({"parent": absent})

    def absent(self, *, on: dt.date) -> str:
        """Return why the branch does not stand on the day, or nothing."""
        if self.founded_on is not None and on < self.founded_on:
            return f"{self.name}于 {self.founded_on} 才成立。"
        if self.dissolved_on is not None and on >= self.dissolved_on:
            return f"{self.name}已于 {self.dissolved_on} 撤销，请选择其他分工会。"
        return ""


@tracked()
class Term(models.Model):
    """A term of office (届) of a branch's committee; its end is when 换届 is due."""

    branch = models.ForeignKey(Branch, models.PROTECT, related_name="terms", verbose_name="分工会")
    number = models.PositiveSmallIntegerField("届次")
    began_on = models.DateField("开始")
    ends_on = models.DateField("结束")
    requested_on = models.DateField("请示日期", null=True, blank=True)
    approved_on = models.DateField("批复日期", null=True, blank=True)
    document = models.CharField("决定文件", max_length=200, blank=True)

    objects = TermQuerySet.as_manager()
    empty_words = "分工会各届委员会的起止；在分工会的页面上“办理换届”，届满前列入待办。"

    class Meta:
        verbose_name = verbose_name_plural = "届期"
        ordering = ["branch", "-number"]
        constraints = [
            once("branch", "number", words="这一届已登记。"),
            always(Q(ends_on__gt=F("began_on")), name="dates_in_order", words="届满日期须晚于开始日期。"),
        ]

    def __str__(self) -> str:
        return f"{self.branch} {self.number}"

    def get_inline_title(self) -> str:
        """Return the name on the branch's own page."""
        return f"第 {self.number} 届"


@tracked()
class Office(Dated):
    """工会任职: who held which post in a term, from when to when."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="offices", verbose_name="人员")
    term = models.ForeignKey(Term, models.CASCADE, related_name="offices", verbose_name="届期")
    position = models.CharField("职务", max_length=16, choices=Position.choices)
    by_election = models.BooleanField("补选", default=False)
    full_time = models.BooleanField("专职", default=False)

    objects = OfPersonQuerySet.as_manager()
    empty_words = "分工会主席、委员的任职；在分工会的页面上“登记任职”，或一次导入。"

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "工会任职"
        ordering = ["term", "position", "-valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            once("person", "term", "position", "valid_from", words="这项任职已登记。"),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_position_display()}"

    def get_inline_title(self) -> str:
        """Return the name on the term's own page."""
        return self.get_position_display()


class BranchRole(models.Model):
    """The branch a role is held for; a branch chair without one sees nobody."""

    assignment = models.ForeignKey(RoleAssignment, models.CASCADE, related_name="branches", verbose_name="角色")
    branch = models.ForeignKey(Branch, models.CASCADE, related_name="roles", verbose_name="分工会")

    class Meta:
        verbose_name = verbose_name_plural = "角色的分工会"
        constraints = [once("assignment", "branch", words="这个角色已是为这个分工会的。")]

    def __str__(self) -> str:
        return f"{self.assignment} · {self.branch}"


@tracked()
class BranchAssignment(Dated):
    """所属分工会: where a person belonged from when to when."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="assignments", verbose_name="人员")
    branch = models.ForeignKey(Branch, models.PROTECT, related_name="assignments", verbose_name="分工会")

    objects = OfPersonQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "所属分工会"
        ordering = ["person", "valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            apart("person", words="同一时间只能属于一个分工会。"),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.branch}"
