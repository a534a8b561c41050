"""Books, their fiscal years, funds and accounts."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from members.branches.models import Branch
from union_portal.base.history import tracked
from union_portal.base.models import StateMove
from union_portal.base.querysets import WholeListQuerySet
from welfare.books.enums import REPORTED_AS, YEAR_MACHINE, AccountKind, ChartKind, Counting, YearState


class Book(models.Model):
    """账套: the union's own money, a branch's small ledger, money held for others."""

    code = models.CharField("编码", max_length=16, unique=True)
    name = models.CharField("名称", max_length=64, unique=True)
    trust = models.BooleanField(
        "代管款项", default=False, help_text="学校福利费、代收会员款、捐款等不是工会自己的钱，另立账套并勾选。"
    )
    branch = models.ForeignKey(
        Branch, models.PROTECT, null=True, blank=True, related_name="books", verbose_name="分工会"
    )
    empty_words = "工会经费、分工会小账、代管捐款等各记一本账。"

    class Meta:
        verbose_name = verbose_name_plural = "账套"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class FiscalYear(models.Model):
    """A year of a book; a closed one takes no postings. Its row is the lock under which postings are numbered."""

    machine = YEAR_MACHINE

    database_privileges: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    book = models.ForeignKey(Book, models.PROTECT, related_name="years", verbose_name="账套")
    year = models.PositiveSmallIntegerField("年度", validators=[MinValueValidator(2000), MaxValueValidator(2100)])
    state = models.CharField("状态", max_length=16, choices=YearState.choices, default=YearState.OPEN)
    empty_words = "每本账的会计年度；年终结账后不再记账。"

    class Meta:
        verbose_name = verbose_name_plural = "会计年度"
        ordering = ["book", "-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["book", "year"],
                name="welfare_fiscalyear_once",
                violation_error_message="该账套的这个年度已经开启。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.book} {self.year}"


class FiscalYearMove(StateMove):
    subject = models.ForeignKey(FiscalYear, models.PROTECT, related_name="moves", verbose_name="会计年度")

    class Meta(StateMove.Meta):
        constraints = [
            models.CheckConstraint(
                condition=~Q(target=YearState.REOPENED) | (~Q(reason="") & Q(actor__isnull=False)),
                name="welfare_fiscalyearmove_reopening_has_a_reason",
                violation_error_message="请说明重新开启已结账年度的原因。",
            ),
        ]


class Fund(models.Model):
    """资金来源."""

    code = models.CharField("编码", max_length=16, unique=True)
    name = models.CharField("名称", max_length=64, unique=True)
    book = models.ForeignKey(Book, models.PROTECT, related_name="funds", verbose_name="账套")
    active = models.BooleanField("启用", default=True)
    empty_words = "经费从哪里来：上级补助、会费、行政拨款等；记账时从这里选。"

    class Meta:
        verbose_name = verbose_name_plural = "资金来源"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


@tracked()
class ChartAccount(models.Model):
    """制度科目: an account of the accounting system in force, to level 3, under which budgets and statements report.

    The ledger posts on accounts of its own (`LedgerAccount`), which may be those of an older system; each says under
    which of these it is reported, so that a report may span the change of systems.
    """

    code = models.CharField("编码", max_length=16, unique=True)
    name = models.CharField("名称", max_length=64)
    kind = models.CharField("类别", max_length=8, choices=ChartKind.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级"
    )
    source = models.CharField("依据文件", max_length=200, blank=True)
    checked = models.BooleanField("已核对", default=False)
    empty_words = "现行会计制度的科目，预算和决算按它列报。"

    objects = WholeListQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "制度科目"
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def clean(self) -> None:
        """Refuse another kind than the parent's, and a fourth level."""
        above = self.parent
        if above is None:
            return
        if above.kind != self.kind:
            raise ValidationError({"kind": f"类别与上级“{above}”不一致。"})
        if above.parent is not None and (above.parent.parent_id or above.parent_id == self.pk):
            raise ValidationError({"parent": "制度科目最多三级。"})


@tracked()
class LedgerAccount(models.Model):
    """科目 that the ledger posts on, as editable data."""

    code = models.CharField("编码", max_length=16, unique=True)
    name = models.CharField("名称", max_length=64)
    kind = models.CharField("类别", max_length=8, choices=AccountKind.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级"
    )
    active = models.BooleanField("启用", default=True)
    chart = models.ForeignKey(
        ChartAccount, models.PROTECT, null=True, blank=True, related_name="accounts", verbose_name="列报科目"
    )
    # Whoever pays the employer's 2 % up whole posts it and what goes up as passing, and counts only what comes back.
    counting = models.CharField("列报方式", max_length=8, choices=Counting.choices, default=Counting.ALWAYS)
    empty_words = "台账记账用的科目；各自列入现行制度的哪个科目，由列报科目说明。"

    class Meta:
        verbose_name = verbose_name_plural = "科目"
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def clean(self) -> None:
        """Refuse to report an account under one of another kind."""
        if self.chart is not None and self.chart.kind not in REPORTED_AS[AccountKind(self.kind)]:
            raise ValidationError({"chart": f"“{self.chart}”与本科目的类别不符。"})
