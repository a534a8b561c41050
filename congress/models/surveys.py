"""Surveys (测评) and appraisals of leaders (民主评议). Nothing links a person to an anonymous sheet.

Who has answered is a `SurveyTicket`; what was answered is a `SurveySheet` without person, time or order (a random key).
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from congress.enums import AnswerKind, Audience, SurveyKind, SurveyState
from congress.models.sessions import Sitting
from congress.querysets import SurveyQuerySet
from members.models import Branch, Person
from union_portal.base.history import tracked
from union_portal.base.models import StateMove


@tracked()
class Survey(models.Model):
    """测评: asked of an audience for some days. `recorded` holds totals counted on paper."""

    title = models.CharField(_("title"), max_length=100)
    kind = models.CharField(_("kind"), max_length=16, choices=SurveyKind.choices)
    sitting = models.ForeignKey(
        Sitting, models.PROTECT, null=True, blank=True, related_name="surveys", verbose_name=_("sitting")
    )
    audience = models.CharField(_("who is asked"), max_length=16, choices=Audience.choices)
    branch = models.ForeignKey(
        Branch, models.PROTECT, null=True, blank=True, related_name="surveys", verbose_name=_("branch")
    )
    anonymous = models.BooleanField(_("anonymous"), default=True)
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on"))
    words = models.TextField(_("introduction"), blank=True)
    state = models.CharField(_("state"), max_length=8, choices=SurveyState.choices, default=SurveyState.DRAFT)
    asked = models.PositiveIntegerField(_("people asked"), null=True, blank=True)
    answered = models.PositiveIntegerField(_("sheets returned"), null=True, blank=True)
    recorded = models.BooleanField(_("counted on paper"), default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("entered by")
    )

    objects = SurveyQuerySet.as_manager()

    class Meta:
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")),
                name="congress_survey_days_in_order",
                violation_error_message=_("A survey closes after it opens."),
            ),
            models.CheckConstraint(
                condition=~Q(audience=Audience.DELEGATES) | Q(sitting__isnull=False),
                name="congress_survey_of_delegates_has_a_sitting",
                violation_error_message=_("Choose the sitting whose delegates are asked."),
            ),
            models.CheckConstraint(
                condition=~Q(audience=Audience.BRANCH) | Q(branch__isnull=False),
                name="congress_survey_of_a_branch_has_one",
                violation_error_message=_("Choose the branch."),
            ),
            models.CheckConstraint(
                condition=~Q(kind=SurveyKind.APPRAISAL) | Q(anonymous=True),
                name="congress_appraisal_is_anonymous",
                violation_error_message=_("Leaders are appraised anonymously."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SurveyMove(StateMove):
    subject = models.ForeignKey(Survey, models.PROTECT, related_name="moves", verbose_name=_("survey"))

    class Meta(StateMove.Meta):
        verbose_name = _("move of a survey")
        verbose_name_plural = _("moves of surveys")

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"


@tracked()
class Appraisal(models.Model):
    """民主评议: one leader (or leading body) who is appraised in a survey, under the post held then."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="appraisals", verbose_name=_("survey"))
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="appraisals", verbose_name=_("person")
    )
    post = models.CharField(_("post"), max_length=100)

    class Meta:
        verbose_name = _("appraisal")
        verbose_name_plural = _("appraisals")
        ordering = ["survey", "pk"]

    def __str__(self) -> str:
        return f"{self.post} {self.person or ''}".strip()


class SurveyQuestion(models.Model):
    """One question; `tally` keeps the totals of a closed or recorded survey by choice."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="questions", verbose_name=_("survey"))
    position = models.PositiveSmallIntegerField(_("position"))
    text = models.CharField(_("question"), max_length=200)
    kind = models.CharField(pgettext_lazy("survey", "answered by"), max_length=16, choices=AnswerKind.choices)
    appraisal = models.ForeignKey(
        Appraisal, models.CASCADE, null=True, blank=True, related_name="questions", verbose_name=_("appraisal")
    )
    tally = models.JSONField(_("totals"), default=dict, blank=True)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["survey", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "position"],
                name="congress_question_position_once",
                violation_error_message=_("Another question has this position."),
                deferrable=models.Deferrable.DEFERRED,
            )
        ]

    def __str__(self) -> str:
        return self.text


class SurveyTicket(models.Model):
    """Who is asked, and whether an answer was handed in; without a time, so that it cannot be matched to a sheet."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="tickets", verbose_name=_("survey"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    used = models.BooleanField(_("answered"), default=False)

    class Meta:
        verbose_name = _("ticket")
        verbose_name_plural = _("tickets")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["survey", "person"], name="congress_ticket_once")]

    def __str__(self) -> str:
        return f"{self.survey} {self.person}"


class SurveySheet(models.Model):
    """One returned sheet: question key → choice or words. `person` only where the survey is not anonymous."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="sheets", verbose_name=_("survey"))
    answers = models.JSONField(_("answers"))
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("person")
    )

    class Meta:
        verbose_name = pgettext_lazy("survey", "sheet")
        verbose_name_plural = pgettext_lazy("survey", "sheets")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.pk)
