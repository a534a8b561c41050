"""借用 with its damages, and a plain notice."""

import datetime as dt
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from union_portal.accounts.enums import Role
from union_portal.base.history import tracked
from union_portal.base.models import StateMove
from union_portal.base.states import Machine, Move


class LoanState(models.TextChoices):
    OUT = "out", "借出"
    BACK = "back", "已归还"
    LOST = "lost", "已遗失"


class NoticeKind(models.TextChoices):
    NEWS = "news", "新闻"
    CALL = "call", "征集"


LOAN_MACHINE = Machine(
    name="sample.loan",
    initial=[LoanState.OUT],
    moves=[
        Move("give_back", LoanState.OUT, LoanState.BACK, "登记归还", required=("returned_on",)),
        Move("lose", LoanState.OUT, LoanState.LOST, "登记遗失", why=True, permission="lose"),
        Move("find", LoanState.LOST, LoanState.OUT, "登记找回", permission="sample.find_loan"),
    ],
)


def not_before_the_union(day: dt.date) -> None:
    if day.year < 1949:
        raise ValidationError("日期太早。")


class SampleQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        if user.has_role(Role.ACTIVITIES):
            return self.all()
        return self.filter(branch_only=True) if user.has_role(Role.BRANCH_CHAIR) else self.none()


class Shelf(models.Model):
    name = models.CharField("名称", max_length=40)
    code = models.CharField("编号", max_length=10, unique=True)
    branch_only = models.BooleanField("分工会可见", default=False)

    objects = SampleQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "货架"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Loan(models.Model):
    item = models.CharField("物品", max_length=40)
    lent_on = models.DateField("借出日期", validators=[not_before_the_union])
    due_on = models.DateField("应还日期", null=True, blank=True)
    shelf = models.ForeignKey(Shelf, models.PROTECT, null=True, blank=True, related_name="loans", verbose_name="货架")
    borrower = models.CharField("借用人", max_length=40, blank=True)
    worth = models.DecimalField("价值", max_digits=10, decimal_places=2, null=True, blank=True)
    branch_only = models.BooleanField("分工会可见", default=False)
    returned_on = models.DateField("归还日期", null=True, blank=True)
    state = models.CharField("状态", max_length=8, choices=LoanState.choices, default=LoanState.OUT)
    version = models.PositiveIntegerField(default=1, editable=False)

    machine = LOAN_MACHINE
    objects = SampleQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "借用"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "lent_on"], name="sample_loan_once", violation_error_message="这次借用已经登记。"
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(due_on__gte=F("lent_on")),
                name="sample_loan_due_later",
                violation_error_message="应还日期不能早于借出日期。",
            ),
            models.CheckConstraint(
                condition=~Q(state=LoanState.BACK) | Q(returned_on__isnull=False),
                name="sample_loan_back_has_day",
                violation_error_message="请填写归还日期。",
            ),
        ]

    def __str__(self) -> str:
        return self.item


class LoanMove(StateMove):
    subject = models.ForeignKey(Loan, models.PROTECT, related_name="moves")


class Damage(models.Model):
    loan = models.ForeignKey(Loan, models.CASCADE, related_name="damages", verbose_name="借用")
    text = models.CharField("损坏情况", max_length=100)
    found_on = models.DateField("发现日期")
    branch_only = models.BooleanField("分工会可见", default=False)

    objects = SampleQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "损坏"

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        loan: int | None = self.loan_id  # type: ignore[attr-defined]
        if loan is not None and self.found_on is not None and self.found_on < self.loan.lent_on:
            raise ValidationError({"found_on": "早于借出日期。"})


@tracked()
class Notice(models.Model):
    title = models.CharField("标题", max_length=40)
    kind = models.CharField("类别", max_length=8, choices=NoticeKind.choices, default=NoticeKind.NEWS)
    posted_on = models.DateField("发布日期")
    readers = models.PositiveIntegerField("阅读人数", null=True, blank=True)
    note = models.TextField("备注", blank=True)
    pin = models.CharField("口令", max_length=20, blank=True)
    branch_only = models.BooleanField("分工会可见", default=False)

    objects = SampleQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "公告"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title
