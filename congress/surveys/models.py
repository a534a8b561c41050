"""Surveys (测评) and appraisals of leaders (民主评议). Nothing links a person to an anonymous sheet.

Who has answered is a `SurveyTicket`; what was answered is a `SurveySheet` without person, time or order (a random key).
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from congress.sessions.models import Sitting
from congress.surveys.enums import SURVEY_MACHINE, AnswerKind, Audience, SurveyKind, SurveyState
from congress.surveys.querysets import SurveyQuerySet
from members.branches.models import Branch
from members.people.models import Person
from union_portal.base.history import tracked
from union_portal.base.models import StateMove, always


@tracked()
class Survey(models.Model):
    """测评: asked of an audience for some days. `recorded` holds totals counted on paper."""

    machine = SURVEY_MACHINE

    title = models.CharField("标题", max_length=100)
    kind = models.CharField("类别", max_length=16, choices=SurveyKind.choices)
    sitting = models.ForeignKey(
        Sitting, models.PROTECT, null=True, blank=True, related_name="surveys", verbose_name="会议（分大会）"
    )
    audience = models.CharField("测评对象", max_length=16, choices=Audience.choices)
    branch = models.ForeignKey(
        Branch, models.PROTECT, null=True, blank=True, related_name="surveys", verbose_name="分工会"
    )
    anonymous = models.BooleanField("匿名", default=True)
    opens_on = models.DateField("开始日期")
    closes_on = models.DateField("截止日期")
    words = models.TextField("测评说明", blank=True)
    state = models.CharField("状态", max_length=8, choices=SurveyState.choices, default=SurveyState.DRAFT)
    asked = models.PositiveIntegerField("应参评人数", null=True, blank=True)
    answered = models.PositiveIntegerField("收回份数", null=True, blank=True)
    recorded = models.BooleanField("纸质统计", default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="录入人"
    )

    objects = SurveyQuerySet.as_manager()
    empty_words = "民主评议、会员评家和满意度测评；匿名收表，结果自动统计。"

    class Meta:
        verbose_name = verbose_name_plural = "测评"
        ordering = ["-opens_on", "-pk"]
        constraints = [
            always(Q(closes_on__gte=F("opens_on")), name="days_in_order", words="截止不能早于开始。"),
            always(
                ~Q(audience=Audience.DELEGATES) | Q(sitting__isnull=False),
                name="of_delegates_has_a_sitting",
                words="请选择由哪次会议的代表参评。",
            ),
            always(
                ~Q(audience=Audience.BRANCH) | Q(branch__isnull=False),
                name="of_a_branch_has_one",
                words="请选择分工会。",
            ),
            always(
                ~Q(kind=SurveyKind.APPRAISAL) | Q(anonymous=True),
                name="appraises_nameless",
                words="民主评议须匿名进行。",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SurveyMove(StateMove):
    subject = models.ForeignKey(Survey, models.PROTECT, related_name="moves")


@tracked()
class Appraisal(models.Model):
    """民主评议: one leader (or leading body) who is appraised in a survey, under the post held then."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="appraisals", verbose_name="测评")
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="appraisals", verbose_name="人员"
    )
    post = models.CharField("职务", max_length=100)

    class Meta:
        verbose_name = verbose_name_plural = "民主评议"
        ordering = ["survey", "pk"]

    def __str__(self) -> str:
        return f"{self.post} {self.person or ''}".strip()


class SurveyQuestion(models.Model):
    """One question; `tally` keeps the totals of a closed or recorded survey by choice."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="questions", verbose_name="测评")
    position = models.PositiveSmallIntegerField("顺序")
    text = models.CharField("题目", max_length=200)
    kind = models.CharField("作答方式", max_length=16, choices=AnswerKind.choices)
    appraisal = models.ForeignKey(
        Appraisal, models.CASCADE, null=True, blank=True, related_name="questions", verbose_name="民主评议"
    )
    tally = models.JSONField("统计", default=dict, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "题目"
        ordering = ["survey", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "position"],
                name="congress_question_position_once",
                violation_error_message="该序号已有其他题目。",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]

    def __str__(self) -> str:
        return self.text


class SurveyTicket(models.Model):
    """Who is asked, and whether an answer was handed in; without a time, so that it cannot be matched to a sheet."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="tickets", verbose_name="测评")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="人员")
    used = models.BooleanField("已答复", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "参评资格"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["survey", "person"], name="congress_ticket_once")]

    def __str__(self) -> str:
        return f"{self.survey} {self.person}"


class SurveySheet(models.Model):
    """One returned sheet: question key → choice or words. `person` only where the survey is not anonymous."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="sheets", verbose_name="测评")
    answers = models.JSONField("答案")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="人员")

    class Meta:
        verbose_name = verbose_name_plural = "答卷"
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.pk)
