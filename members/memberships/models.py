"""Memberships as dated episodes that never overlap, and what was recorded of them, step by step."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from members.memberships.enums import MembershipChange, MembershipEnd, MembershipStart
from members.memberships.querysets import MembershipQuerySet, RegisterEntryQuerySet, SetAsideQuerySet
from members.people.enums import MembershipState
from members.people.models import Person
from union_portal.base.history import tracked
from union_portal.base.models import AppendOnlyModel, Dated
from union_portal.base.models.constraints import always, apart


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
            apart("person", words="同一人的会籍时间不能重叠。"),
            always(
                Q(valid_to__isnull=True, ended_by="") | (Q(valid_to__isnull=False) & ~Q(ended_by="")),
                name="end_has_a_way",
                words="已终止的会籍须注明终止方式，未终止的不填。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_state_display()} {self.valid_from}"


class RegisterEntry(AppendOnlyModel):
    """变动登记: what was recorded of somebody's membership, for which day, by whom; a correction is a further entry."""

    # An entry outlives the people whom a list made by mistake and who go with it when it is taken back.
    person = models.ForeignKey(
        Person, models.DO_NOTHING, related_name="entries", verbose_name="人员", db_constraint=False
    )
    change = models.CharField("变动类型", max_length=16, choices=MembershipChange.choices)
    on = models.DateField("日期")
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by", verbose_name="所更正的登记"
    )
    correction = models.BooleanField("更正", default=False)
    note = models.CharField("登记内容", max_length=300)
    reason = models.CharField("原因", max_length=300, blank=True)
    # The keys of what the step closed, with what they held before, so that a correction opens exactly that again. Of a
    # correction: in words what it brought back, and what it did not.
    closed = models.JSONField("随之终止的事项", default=dict, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="经办人"
    )
    at = models.DateTimeField("登记时间", auto_now_add=True)

    objects = RegisterEntryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "会籍变动登记"
        ordering = ["person", "at", "pk"]
        constraints = [
            always(
                Q(correction=True) | Q(corrects__isnull=True),
                name="only_corrections_correct",
                words="只有更正才能指向另一条登记。",
            ),
            always(~Q(correction=True) | ~Q(reason=""), name="correction_has_a_reason", words="请写明更正的原因。"),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.note}"


class SetAside(AppendOnlyModel):
    """不适用登记: that something left to do need not be seen to, why, by whom; or that it must be after all.

    What is left after a step names the step and its day; of what is left without one `change` is empty.
    """

    # As an entry: it outlives the people whom a list made by mistake.
    person = models.ForeignKey(
        Person, models.DO_NOTHING, related_name="asides", verbose_name="人员", db_constraint=False
    )
    change = models.CharField("变动类型", max_length=16, choices=MembershipChange.choices, blank=True)
    on = models.DateField("变动日期")
    item = models.CharField("事项代码", max_length=200)
    words = models.CharField("事项", max_length=300)
    aside = models.BooleanField("不适用")
    reason = models.CharField("原因", max_length=300, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="经办人"
    )
    at = models.DateTimeField("登记时间", auto_now_add=True)

    objects = SetAsideQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "不适用登记"
        ordering = ["person", "pk"]
        constraints = [
            always(Q(aside=False) | ~Q(reason=""), name="aside_has_a_reason", words="请写明为什么不适用。"),
        ]

    def __str__(self) -> str:
        return f"{'标为不适用' if self.aside else '重新列出'}：{self.words}"
