"""Grants: one benefit for one person."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from members.branches.models import Branch
from members.kin.enums import Relation
from members.people.models import Person
from union_portal.base.models import StateMove, always, once
from welfare.approvals.models import PaperApproval
from welfare.benefits.enums import Form
from welfare.benefits.models import Benefit, BenefitRule, Occasion
from welfare.books.models import Fund
from welfare.grants.enums import GIVEN, GRANT_MACHINE, LIVING, OPEN, GrantState
from welfare.grants.models.rounds import Round
from welfare.grants.querysets import GrantQuerySet
from welfare.life_events.models import LifeEvent

_REFUSED = [GrantState.EXCLUDED, GrantState.DECLINED, GrantState.CANCELLED, GrantState.SENT_BACK]


class Grant(models.Model):
    """慰问（发放）记录: one benefit for one person. A round's roster is made of these, a single case is one."""

    machine = GRANT_MACHINE
    moves_with = "round"

    person = models.ForeignKey(Person, models.PROTECT, related_name="grants", verbose_name="人员")
    benefit = models.ForeignKey(Benefit, models.PROTECT, related_name="grants", verbose_name="福利项目", db_index=False)
    rule = models.ForeignKey(
        BenefitRule, models.PROTECT, null=True, blank=True, related_name="grants", verbose_name="标准", db_index=False
    )
    round = models.ForeignKey(
        Round, models.PROTECT, null=True, blank=True, related_name="grants", verbose_name="发放批次", db_index=False
    )
    occasion = models.ForeignKey(
        Occasion, models.PROTECT, null=True, blank=True, related_name="grants", verbose_name="节日与活动"
    )
    event = models.ForeignKey(
        LifeEvent, models.PROTECT, null=True, blank=True, related_name="grants", verbose_name="婚育病丧", db_index=False
    )
    # Where several books pay for one event, which of them pays this; empty: not told apart.
    payer = models.ForeignKey(
        Fund, models.PROTECT, null=True, blank=True, related_name="grants", verbose_name="列支", db_index=False
    )
    relation = models.CharField("与本人关系", max_length=16, choices=Relation.choices, blank=True)
    supplements = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="supplemented_by",
        verbose_name="补充",
        db_index=False,
    )
    branch = models.ForeignKey(
        Branch, models.PROTECT, null=True, blank=True, related_name="grants", verbose_name="当时所属分工会"
    )
    tier = models.CharField("档次", max_length=32, blank=True)
    state = models.CharField("状态", max_length=16, choices=GrantState.choices)
    form = models.CharField("形式", max_length=16, choices=Form.choices)
    amount = models.DecimalField("金额（元）", max_digits=12, decimal_places=2, null=True, blank=True)
    granted_on = models.DateField("日期")
    received_on = models.DateField("已领取", null=True, blank=True)
    received_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="代领人", db_index=False
    )
    reason = models.CharField("原因", max_length=200, blank=True)
    source = models.CharField("来源", max_length=200, blank=True)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="经办人",
        db_index=False,
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="审批人",
        db_index=False,
    )
    approved_at = models.DateTimeField("已审批", null=True, blank=True)
    offline_approval = models.CharField("审批依据", max_length=200, blank=True)
    paper_approval = models.ForeignKey(
        PaperApproval,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="grants",
        verbose_name="线下审批",
        db_index=False,
    )
    # Recorded from a list that asks for it: posted once the list's approval is confirmed.
    to_post = models.BooleanField("待记台账", default=False, db_default=False)

    objects = GrantQuerySet.as_manager()
    empty_words = "给一个人的一次慰问或福利；从“登记慰问”和发放批次而来，往年的可以导入。"

    class Meta:
        verbose_name = verbose_name_plural = "慰问记录"
        ordering = ["-granted_on", "-pk"]
        indexes = [
            models.Index(fields=["benefit", "granted_on"], name="welfare_grant_day"),
            # The list's order; the figures of a year, which come from the index alone.
            models.Index(fields=["-granted_on", "-id"], name="welfare_grant_latest"),
            models.Index(
                fields=["granted_on", "person"],
                condition=Q(state__in=GIVEN, supplements__isnull=True),
                name="welfare_grant_given",
            ),
            # The few that wait, for the desk.
            models.Index(fields=["state"], condition=Q(state__in=OPEN), name="welfare_grant_open"),
            models.Index(fields=["round", "branch"], name="welfare_grant_round"),
            # Only a case's: a round of ten thousand writes every index at each of its steps.
            *(
                models.Index(fields=[name], condition=Q(**{f"{name}__isnull": False}), name=f"welfare_grant_{name}")
                for name in (
                    *("rule", "event", "payer", "supplements"),
                    *("received_by", "prepared_by", "approved_by", "paper_approval"),
                )
            ),
        ]
        constraints = [
            *(
                once(
                    *("person", "benefit", *grounds),
                    condition=Q(**{f"{grounds[0]}__isnull": False}, state__in=LIVING, supplements__isnull=True),
                    name=f"once_per_{grounds[0]}",
                    words=words,
                    # A payer that is not told apart is one like any other.
                    nulls_distinct=False if "payer" in grounds else None,
                )
                for grounds, words in (
                    (("occasion",), "该人员已在此节日或活动中享受此项福利。"),
                    (("event", "payer"), "该人员就此事件已享受此项福利。"),
                )
            ),
            always(
                Q(occasion__isnull=False) | Q(event__isnull=False),
                name="has_a_ground",
                words="慰问须对应节日与活动或婚育病丧。",
            ),
            always(
                ~Q(state=GrantState.RECEIVED) | Q(received_on__isnull=False),
                name="received_has_a_day",
                words="已领取的须填领取日期。",
            ),
            always(
                ~Q(state__in=_REFUSED) | ~Q(reason=""),
                name="refusal_has_a_reason",
                words="请填写原因。",
            ),
            always(
                Q(approved_by__isnull=True) | Q(prepared_by__isnull=True) | ~Q(prepared_by=F("approved_by")),
                name="four_eyes",
                words="经办人和审批人不能是同一人。",
            ),
            always(Q(amount__isnull=True) | Q(amount__gte=0), name="amount_not_negative", words="金额不能为负。"),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.benefit} {self.granted_on}"

    @property
    def title(self) -> str:
        """Occasion and benefit as one name."""
        return self.benefit.given_on(self.occasion)


class GrantMove(StateMove):
    subject = models.ForeignKey(Grant, models.PROTECT, related_name="moves", verbose_name="慰问记录")

    class Meta(StateMove.Meta):
        verbose_name = verbose_name_plural = "慰问记录变动"

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"
