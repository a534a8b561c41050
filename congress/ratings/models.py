"""Ratings (满意度) of replies by their proposer, and opinions of joint proposers."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from congress.handling.enums import Grade
from congress.handling.models import Reply
from congress.proposals.models import Proposal
from congress.ratings.querysets import RatingQuerySet
from members.people.models import Person
from union_portal.base.models import AppendOnlyModel, always, once
from union_portal.base.papers import ScanField


class Judgement(AppendOnlyModel):
    """What a proposer says of a reply: given in the portal, or entered by the office from the paper that came."""

    grade = models.CharField("满意度", max_length=16, choices=Grade.choices)
    words = models.TextField("文字说明", blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="代录人"
    )
    received_on = models.DateField("收到日期", null=True, blank=True)
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        abstract = True
        constraints = [
            always(
                Q(entered_by__isnull=True, received_on__isnull=True)
                | Q(entered_by__isnull=False, received_on__isnull=False),
                name="paper_has_a_day",
                words="代录的纸质评价须填写收到日期。",
            )
        ]


class Rating(Judgement):
    """满意度: the proposer's judgement of one reply, once; what was entered wrongly is put right by a further one.

    Of a chain the newest holds; when that is `voided`, the reply is not rated.
    """

    reply = models.ForeignKey(Reply, models.PROTECT, related_name="ratings", verbose_name="答复")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="评价人")
    recorded = models.BooleanField("补录", default=False)
    scan = ScanField("纸质评价扫描件", door="congress:proposal_rating_scan")
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by", verbose_name="所更正的评价"
    )
    reason = models.CharField("更正原因", max_length=300, blank=True)
    voided = models.BooleanField("作废", default=False)

    objects = RatingQuerySet.as_manager()

    class Meta(Judgement.Meta):
        verbose_name = verbose_name_plural = "满意度评价"
        ordering = ["at", "pk"]
        constraints = [
            *Judgement.Meta.constraints,
            once("reply", condition=Q(corrects__isnull=True), name="once", words="每次答复只评价一次。"),
            always(
                Q(corrects__isnull=True, reason="", voided=False) | (Q(corrects__isnull=False) & ~Q(reason="")),
                name="correction_has_a_reason",
                words="请写明更正的原因。",
            ),
        ]

    @property
    def by_office(self) -> bool:
        """Whether the office wrote it down, from paper or a list, so that it may have made a mistake."""
        return self.recorded or self.entered_by_id is not None

    def __str__(self) -> str:
        return self.get_grade_display()


class Opinion(Judgement):
    """并案提案人意见: what the author of a merged proposal thinks of the joint reply, once; not counted as a rating."""

    reply = models.ForeignKey(Reply, models.PROTECT, related_name="opinions", verbose_name="答复")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="opinions", verbose_name="并案提案")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="提出人")
    scan = ScanField("纸质意见扫描件", door="congress:proposal_opinion_scan")

    class Meta(Judgement.Meta):
        verbose_name = verbose_name_plural = "并案提案人意见"
        ordering = ["at", "pk"]
        constraints = [
            *Judgement.Meta.constraints,
            models.UniqueConstraint(
                fields=["reply", "proposal"],
                name="congress_opinion_once",
                violation_error_message="对一份答复只提一次意见。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal} {self.get_grade_display()}"
