"""Memberships as dated episodes that never overlap."""

from django.db import models
from django.db.models import Q

from members.memberships.enums import MembershipEnd, MembershipStart
from members.memberships.querysets import MembershipQuerySet
from members.people.enums import MembershipState
from members.people.models import Person
from union_portal.base.history import tracked
from union_portal.base.models import Dated
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
