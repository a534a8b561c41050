"""Ratings (满意度) of replies by their proposer, and opinions of joint proposers."""

from django.db import models

from congress.handling.enums import Grade
from congress.handling.models import Reply
from congress.proposals.models import Proposal
from members.people.models import Person
from union_portal.base.models import AppendOnlyModel


class Rating(AppendOnlyModel):
    """满意度: the proposer's judgement of one reply, once."""

    reply = models.OneToOneField(Reply, models.PROTECT, related_name="rating", verbose_name="答复")
    grade = models.CharField("满意度", max_length=16, choices=Grade.choices)
    words = models.TextField("文字说明", blank=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="评价人")
    recorded = models.BooleanField("补录", default=False)
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "满意度评价"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.get_grade_display()


class Opinion(AppendOnlyModel):
    """并案提案人意见: what the author of a merged proposal thinks of the joint reply, once; not counted as a rating."""

    reply = models.ForeignKey(Reply, models.PROTECT, related_name="opinions", verbose_name="答复")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="opinions", verbose_name="并案提案")
    grade = models.CharField("满意度", max_length=16, choices=Grade.choices)
    words = models.TextField("文字说明", blank=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="提出人")
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "并案提案人意见"
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["reply", "proposal"],
                name="congress_opinion_once",
                violation_error_message="对一份答复只提一次意见。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.proposal} {self.get_grade_display()}"
