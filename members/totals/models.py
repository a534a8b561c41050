"""往年数据补录: totals of the time before the portal, without the people behind them."""

from collections.abc import Mapping
from functools import reduce
from operator import and_
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from members.totals.enums import MEASURES, Approximation
from members.totals.querysets import SummaryQuerySet
from union_portal.base import figures
from union_portal.base.history import tracked
from union_portal.base.models.constraints import always, once


def _word(of: str) -> Any:
    return models.CharField(f"{of}的约数", max_length=8, choices=Approximation.choices, blank=True)


@tracked()
class SummaryRecord(models.Model):
    """A total for one kind of record, or a set of kinds, over a period; what the source left out stays empty.

    Stands here, at the bottom of the business apps, because every app's figures count its own kinds from it. Kinds are
    the figure kinds the apps register (`union_portal.base.figures`).
    """

    kinds = ArrayField(models.CharField(max_length=64), verbose_name="数据项种类")
    label = models.CharField("名称", max_length=100, blank=True)
    period_start = models.DateField("期间起")
    period_end = models.DateField("期间止")
    heads = models.PositiveIntegerField("人数", null=True, blank=True)
    heads_word = _word("人数")
    times = models.PositiveIntegerField("人次", null=True, blank=True, help_text="次、件、项、场、个等数也填在这里。")
    times_word = _word("人次")
    amount = models.DecimalField("金额（元）", max_digits=14, decimal_places=2, null=True, blank=True)
    amount_word = _word("金额")
    share = models.DecimalField("比率（%）", max_digits=5, decimal_places=2, null=True, blank=True)
    share_word = _word("比率")
    not_held_reason = models.CharField("未开展的原因", max_length=200, blank=True)
    source = models.CharField("来源", max_length=200)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="录入人",
    )
    entered_at = models.DateTimeField("录入时间", auto_now_add=True)

    objects = SummaryQuerySet.as_manager()
    empty_words = "启用平台之前各年的汇总数：按旧报告填写，年度报告才有上年可比。"

    class Meta:
        verbose_name = verbose_name_plural = "往年数据补录"
        ordering = ["-period_end", "pk"]
        constraints = [
            always(
                Q(period_end__gte=F("period_start")), name="period_in_order", words="期间的结束日期应晚于开始日期。"
            ),
            always(
                Q(heads__isnull=False)
                | Q(times__isnull=False)
                | Q(amount__isnull=False)
                | Q(share__isnull=False)
                | ~Q(not_held_reason=""),
                name="says_something",
                words="请填写人数、人次、金额或比率，或说明未开展的原因。",
            ),
            always(Q(share__gte=0, share__lte=100), name="share_of_a_hundred", words="比率应在0到100之间。"),
            always(
                reduce(and_, (Q(**{f"{one}_word": ""}) | Q(**{f"{one}__isnull": False}) for one in MEASURES)),
                name="words_have_numbers",
                words="填了约数的，请一并填写数字。",
            ),
            always(Q(kinds__len__gte=1), name="has_a_kind", words="请至少选择一个类别。"),
            once("kinds", "period_start", "period_end", "label", words="这条汇总已登记。"),
        ]

    def __str__(self) -> str:
        return f"{self.label or self.kinds_in_words()} {self.period_start} – {self.period_end}"

    def clean(self) -> None:
        """Refuse a number that none of the kinds counts: it would be kept and never told."""
        given = [one for one in MEASURES if getattr(self, one) is not None]
        known = figures.kinds() if given else {}
        for kind in (known[key] for key in self.kinds or () if key in known):
            if not set(given) & set(kind.measures):
                field: Any = self._meta.get_field(kind.measures[0])
                raise ValidationError({given[0]: f"“{kind.label}”以{kind.unit}计，请填在“{field.verbose_name}”一栏。"})

    def word_of(self, measure: str) -> str:
        """Return the source's own word for a number: 整, 余, 近, 约 or nothing."""
        word: str = getattr(self, f"{measure}_word")
        return Approximation(word).label if word else ""

    def told(self, known: Mapping[str, figures.FigureKind]) -> dict[str, Any]:
        """Return the numbers as a figure's, to be written as one is."""
        kind = known.get(self.kinds[0])
        told: dict[str, Any] = {one: getattr(self, one) for one in MEASURES}
        told |= {"approximations": {one: self.word_of(one) for one in MEASURES}, "reason": self.not_held_reason}
        return told | {"unit": kind.unit if kind else "次", "numerator": None, "denominator": None}

    def kinds_in_words(self, known: Mapping[str, figures.FigureKind] | None = None) -> str:
        """Name what the total counts; a list hands in the kinds it has read."""
        kinds = figures.kinds() if known is None else known
        return "、".join(str(kinds[kind].label) if kind in kinds else kind for kind in self.kinds)
