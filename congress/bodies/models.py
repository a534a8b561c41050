"""Congresses (届): one term of one body, of the school or of a branch."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from congress.bodies.enums import Body, Bound, Mode
from congress.bodies.querysets import CongressQuerySet
from members.branches.models import Branch
from union_portal.base.chinese.numerals import numeral
from union_portal.base.history import tracked
from union_portal.base.models import always, once


def _share(label: str) -> "models.DecimalField[Any, Any]":
    return models.DecimalField(label, max_digits=5, decimal_places=4, null=True, blank=True)


@tracked()
class Congress(models.Model):
    """届: one term of the staff congress or of the union members' congress, of the school or of a branch.

    Shares are fractions of the voting delegates: teachers at least `min_teachers` (0.6: 教育部令第32号), women, people
    under forty. Quorum and majority belong to the body, each “at least” or “more than” its share of 应到: so many
    present open, so many votes carry and elect.
    """

    body = models.CharField("大会", max_length=8, choices=Body.choices)
    branch = models.ForeignKey(
        Branch,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="congresses",
        verbose_name="分工会",
        help_text="留空为全校。",
    )
    number = models.PositiveSmallIntegerField("届次")
    mode = models.CharField("召开形式", max_length=16, choices=Mode.choices, default=Mode.DELEGATES)
    began_on = models.DateField("任期开始")
    ends_on = models.DateField("任期届满")
    quorum_numerator = models.PositiveSmallIntegerField("法定人数：份", default=2)
    quorum_denominator = models.PositiveSmallIntegerField("法定人数：共", default=3)
    quorum_bound = models.CharField("法定人数：起点", max_length=16, choices=Bound.choices, default=Bound.AT_LEAST)
    majority_numerator = models.PositiveSmallIntegerField("通过比例：份", default=1)
    majority_denominator = models.PositiveSmallIntegerField("通过比例：共", default=2)
    majority_bound = models.CharField("通过比例：起点", max_length=16, choices=Bound.choices, default=Bound.MORE_THAN)
    min_teachers = _share("教师比例不低于")
    min_women = _share("女性比例不低于")
    min_young = _share("40岁以下比例不低于")
    document = models.CharField("决定文件", max_length=200, blank=True)

    objects = CongressQuerySet.as_manager()
    empty_words = "教代会、工代会的每一届；代表、会议和提案都属于某一届。"

    class Meta:
        verbose_name = verbose_name_plural = "届次"
        ordering = ["-began_on", "body", "pk"]
        constraints = [
            once("body", "branch", "number", words="该届已登记。", nulls_distinct=False),
            always(Q(ends_on__gt=F("began_on")), name="term_dates_in_order", words="届满日期须晚于开始日期。"),
            always(
                Q(quorum_numerator__gte=1, quorum_numerator__lte=F("quorum_denominator")),
                name="quorum_is_a_share",
                words="法定人数须为比例，如 2/3。",
            ),
            always(
                Q(majority_numerator__gte=1, majority_numerator__lt=F("majority_denominator")),
                name="majority_is_a_share",
                words="通过比例须为真分数，如 1/2。",
            ),
        ]

    def __str__(self) -> str:
        name = f"第{numeral(self.number)}届{self.get_body_display()}"
        return f"{self.branch}{name}" if self.branch_id else name

    def quorum_of(self, due: int) -> int:
        """Return how many of those due must be present."""
        return Bound(self.quorum_bound).least(of=due, above=self.quorum_numerator, below=self.quorum_denominator)

    @property
    def quorum_in_words(self) -> str:
        """The quorum as rules write it."""
        return Bound(self.quorum_bound).words(self.quorum_numerator, self.quorum_denominator, of="应到人数")

    @property
    def majority_in_words(self) -> str:
        """The majority as rules write it."""
        return Bound(self.majority_bound).words(self.majority_numerator, self.majority_denominator, of="应到人数")
