"""Visits (走访): who was gone to see, by whom, with what; kinds are data."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from members.branches.models import Branch
from members.cohorts.models import CohortKind
from members.people.models import Person
from union_portal.base.history import tracked
from union_portal.base.models import StateMove, always, once
from union_portal.base.money import grouped
from union_portal.base.querysets import WholeListQuerySet
from union_portal.base.validators import not_in_future
from welfare.benefits.models import Occasion
from welfare.grants.models import Grant
from welfare.payouts.enums import PayoutState, payout_machine
from welfare.payouts.models import Payout
from welfare.visits.querysets import VisitQuerySet

# The same sum given to the same person so near is asked about: it may be the same money.
NEAR = dt.timedelta(days=30)


class VisitKind(models.Model):
    """走访类别 as editable data, with the special group whose people it is about, where it is one."""

    code = models.CharField("编码", max_length=32, unique=True)
    name = models.CharField("名称", max_length=64, unique=True)
    cohort = models.ForeignKey(
        CohortKind, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="特殊群体"
    )
    grave = models.BooleanField(
        "涉及伤病、丧事或困难", default=False, help_text="页面用语和颜色从简，名单按敏感信息导出。"
    )
    empty_words = "五必访、离休干部、劳模、烈属等类别；登记走访时从这里选。"

    objects = WholeListQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "走访类别"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


@tracked()
class Visit(Payout):
    """走访: one household that was gone to see. What came along is the linked grant's money or its own, never both."""

    machine = payout_machine("welfare.visit")

    kind = models.ForeignKey(VisitKind, models.PROTECT, related_name="visits", verbose_name="走访类别")
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="visits", verbose_name="走访对象"
    )
    whom = models.CharField(
        "家属或集体", max_length=100, blank=True, help_text="不在人员登记中的写在这里，例如烈属、一线班组。"
    )
    visited_on = models.DateField("走访日期", validators=[not_in_future])
    visitors = models.CharField("走访人", max_length=100, blank=True)
    branch = models.ForeignKey(
        Branch,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="visits",
        verbose_name="走访的分工会",
        help_text="校工会走访的不填。",
    )
    occasion = models.ForeignKey(
        Occasion, models.PROTECT, null=True, blank=True, related_name="visits", verbose_name="节日与活动"
    )
    place = models.CharField("地点", max_length=100, blank=True)
    gift = models.CharField("慰问品", max_length=200, blank=True)
    grant = models.OneToOneField(
        Grant,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="visit",
        verbose_name="慰问记录",
        help_text="带去的是已经登记的慰问，关联后金额以它为准。",
    )
    apart = models.BooleanField("另外一笔", default=False, help_text="提示已有同额慰问、而确为另外一笔时勾选。")
    empty_words = "五必访和特殊群体走访：去看了谁、谁去的、带了什么；可以关联慰问记录，金额只算一次。"

    objects = VisitQuerySet.as_manager()

    class Meta(Payout.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "走访"
        ordering = ["-visited_on", "-pk"]
        constraints = [
            *Payout.Meta.constraints,
            once(
                *("kind", "visited_on", "person", "whom"),
                condition=~Q(state=PayoutState.ANNULLED),
                nulls_distinct=False,
                words="这次走访已登记。",
            ),
            always(Q(person__isnull=False) | ~Q(whom=""), name="has_somebody", words="请填写走访对象，或家属、集体。"),
            always(
                Q(grant__isnull=True) | Q(amount__isnull=True),
                name="money_once",
                words="已关联慰问记录，金额以慰问记录为准，请不要另填。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.whose} {self.visited_on}"

    @property
    def whose(self) -> str:
        """Who was gone to see, in words."""
        return "、".join(part for part in (self.person.name if self.person else "", self.whom) if part)

    def clean(self) -> None:
        """Take the person from the linked grant; money that was given already is not asked for once more."""
        super().clean()
        if self.grant is not None:
            self.person = self.person or self.grant.person
            if self.person != self.grant.person:
                raise ValidationError({"grant": f"这条慰问记录是给{self.grant.person}的，请核对走访对象。"})
        elif self.person and self.amount and self.visited_on and self.state == PayoutState.ASKED and not self.apart:
            near = Q(granted_on__range=(self.visited_on - NEAR, self.visited_on + NEAR))
            near |= Q(occasion=self.occasion_id) if self.occasion_id else Q()
            given = Grant.objects.living().filter(near, person=self.person, amount=self.amount, visit=None).first()
            if given is not None:
                told = f"{given.granted_on} 的“{given.title}”已给此人 {grouped(given.amount)} 元"
                words = f"{told}：是同一笔的，请关联那条慰问记录、不填金额；确为另外一笔的，请勾选“另外一笔”。"
                raise ValidationError({"amount": words})


class VisitMove(StateMove):
    subject = models.ForeignKey(Visit, models.PROTECT, related_name="moves")
