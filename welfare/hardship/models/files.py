"""困难档案: a person's household, its incomes and costs, what they come to, and what the committee decided."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from members.branches.models import Branch
from members.people.models import Person
from union_portal.base.fields import EncryptedTextField
from union_portal.base.history import tracked
from union_portal.base.models import AppendOnlyModel, StateMove, always, once
from union_portal.base.validators import not_in_future
from welfare.disclosure.models import Disclosure
from welfare.hardship.enums import FILE_MACHINE, LIVING, TOLD, Cause, FileState, HardshipKind
from welfare.hardship.models.standards import HardshipStandard
from welfare.hardship.querysets import FileQuerySet, OfFileQuerySet
from welfare.hardship.validators import is_yuan

_GIVEN = [one for one in HardshipKind.choices if one[0] != HardshipKind.NONE]


@tracked(exclude=("income", "situation"))
class HardshipFile(models.Model):
    """困难档案: one living file of a person; sums and circumstances are encrypted, every look at them is logged."""

    machine = FILE_MACHINE

    person = models.ForeignKey(Person, models.PROTECT, related_name="hardship_files", verbose_name="职工")
    branch = models.ForeignKey(
        *(Branch, models.PROTECT),
        null=True,
        blank=True,
        editable=False,
        related_name="hardship_files",
        verbose_name="当时所属分工会",
    )
    applied_on = models.DateField("申请日期", validators=[not_in_future])
    standard = models.ForeignKey(HardshipStandard, models.PROTECT, related_name="files", verbose_name="困难标准")
    year = models.PositiveSmallIntegerField(
        "收支年度", validators=[MinValueValidator(2000), MaxValueValidator(2100)], help_text="收入和支出所属的年度。"
    )
    income = EncryptedTextField("家庭全年可支配收入（元）", validators=[is_yuan])
    situation = EncryptedTextField("困难情况", blank=True, default="")
    decided_kind = models.CharField("委员会评定", max_length=16, choices=_GIVEN, blank=True)
    decided_on = models.DateField("评定日期", null=True, blank=True, validators=[not_in_future])
    decision = models.CharField(
        "评定依据", max_length=200, blank=True, help_text="会议或文件名称、文号；请勿填写病情。"
    )
    disclosure = models.ForeignKey(
        *(Disclosure, models.PROTECT),
        null=True,
        blank=True,
        editable=False,
        related_name="hardship_files",
        verbose_name="公示",
    )
    listed_on = models.DateField("在册日期", null=True, blank=True, editable=False)
    closed_on = models.DateField("退出日期", null=True, blank=True, validators=[not_in_future])
    state = models.CharField("状态", max_length=16, choices=FileState.choices, default=FileState.APPLIED)
    entered_by = models.ForeignKey(
        *(settings.AUTH_USER_MODEL, models.PROTECT),
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="录入人",
    )

    objects = FileQuerySet.as_manager()
    empty_words = "困难职工的家庭、收入和支出；按标准测算类型，由委员会评定、公示，每年复核一次。"

    class Meta:
        verbose_name = verbose_name_plural = "困难档案"
        ordering = ["-applied_on", "-pk"]
        constraints = [
            once(
                "person", condition=Q(state__in=LIVING), words="此人已有困难档案，请在原档案中办理。", name="one_living"
            ),
            always(
                ~Q(state__in=[FileState.DECIDED, FileState.DISCLOSED, FileState.LISTED])
                | (~Q(decided_kind="") & ~Q(decision="") & Q(decided_on__isnull=False)),
                name="decided_is_whole",
            ),
            always(
                ~Q(state=FileState.CLOSED) | Q(closed_on__isnull=False),
                name="closed_has_a_day",
                words="请填写退出日期。",
            ),
            always(
                Q(closed_on__isnull=True) | Q(listed_on__isnull=True) | Q(closed_on__gte=F("listed_on")),
                name="closed_later",
                words="退出日期早于在册日期。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}的困难档案"

    def clean(self) -> None:
        """Refuse lines of another time than the application's."""
        standard = self.standard if self.standard_id else None
        if standard and self.applied_on and not standard.holds(on=self.applied_on):
            raise ValidationError({"standard": f"这一标准在 {self.applied_on} 不适用，请选择当时有效的。"})


class HardshipFileMove(StateMove):
    subject = models.ForeignKey(HardshipFile, models.PROTECT, related_name="moves")


class _OfFile(models.Model):
    class Meta:
        abstract = True

    def clean(self) -> None:
        """Refuse to change what a file tells once it was submitted."""
        file = getattr(self, "file", None) if getattr(self, "file_id", None) else None
        if file is not None and file.state not in TOLD:
            raise ValidationError(f"档案{file.get_state_display()}，不能再改动家庭和支出；请先退回补充或开始复核。")


@tracked(exclude=("income",))
class HouseholdMember(_OfFile):
    """家庭成员: who lives together with the person, who is one of them."""

    file = models.ForeignKey(HardshipFile, models.PROTECT, related_name="household", verbose_name="困难档案")
    name = models.CharField("姓名", max_length=64)
    relation = models.CharField("与本人关系", max_length=32)
    birth_year = models.PositiveSmallIntegerField("出生年份", null=True, blank=True)
    unit = models.CharField("单位或学校", max_length=100, blank=True)
    at_school = models.BooleanField("就学子女", default=False)
    income = EncryptedTextField("全年收入（元）", blank=True, default="", validators=[is_yuan])
    lives_together = models.BooleanField("共同生活", default=True)

    objects = OfFileQuerySet.as_manager()
    empty_words = "共同生活的家庭成员，本人也在内；人均收入按人数计算。"

    class Meta:
        verbose_name = verbose_name_plural = "家庭成员"
        ordering = ["file", "pk"]
        constraints = [once("file", "name", "relation", words="这位家庭成员已登记。")]

    def __str__(self) -> str:
        return f"{self.name}（{self.relation}）"


@tracked(exclude=("amount", "note"))
class HardshipCost(_OfFile):
    """致困支出: what the household had to pay in a year, after what others reimbursed."""

    file = models.ForeignKey(HardshipFile, models.PROTECT, related_name="costs", verbose_name="困难档案")
    year = models.PositiveSmallIntegerField("年度", validators=[MinValueValidator(2000), MaxValueValidator(2100)])
    cause = models.CharField("原因", max_length=16, choices=Cause.choices)
    amount = EncryptedTextField("自付金额（元）", validators=[is_yuan])
    note = EncryptedTextField("说明", blank=True, default="")

    objects = OfFileQuerySet.as_manager()
    empty_words = "医疗、就学、残疾、求职和意外的自付支出，按年度登记。"

    class Meta:
        verbose_name = verbose_name_plural = "致困支出"
        ordering = ["file", "-year", "pk"]

    def __str__(self) -> str:
        return f"{self.year}年{self.get_cause_display()}"


class HardshipReview(AppendOnlyModel):
    """年度评定: what the figures came to and what the committee decided on a day, both kept as they were."""

    file = models.ForeignKey(HardshipFile, models.PROTECT, related_name="reviews", verbose_name="困难档案")
    year = models.PositiveSmallIntegerField("收支年度")
    standard = models.ForeignKey(HardshipStandard, models.PROTECT, related_name="+", verbose_name="困难标准")
    heads = models.PositiveSmallIntegerField("家庭人口")
    per_head = EncryptedTextField("人均月收入（元）")
    computed_kind = models.CharField("按标准测算", max_length=16, choices=HardshipKind.choices)
    decided_kind = models.CharField("委员会评定", max_length=16, choices=HardshipKind.choices)
    decided_on = models.DateField("评定日期")
    decision = models.CharField("评定依据", max_length=200)

    objects = OfFileQuerySet.as_manager()
    empty_words = "每次评定时的测算和委员会的决定，都保留下来。"

    class Meta:
        verbose_name = verbose_name_plural = "困难评定记录"
        ordering = ["-decided_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.file} {self.decided_on}"
