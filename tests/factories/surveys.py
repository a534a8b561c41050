"""Surveys."""

import datetime as dt
from typing import Any

from django.utils import timezone

from congress.surveys.enums import AnswerKind, Audience, SurveyKind
from congress.surveys.models import Survey
from congress.surveys.services import surveys
from tests.factories import members


def survey(*, opened: bool = True, people: int = 6, **fields: Any) -> Survey:
    """Make a survey of the members with one graded question and one in words."""
    for _number in range(people):
        members.account(of=members.member())
    today = timezone.localdate()
    fields.setdefault("title", "会员评家")
    fields.setdefault("kind", SurveyKind.UNION)
    fields.setdefault("audience", Audience.MEMBERS)
    made = Survey.objects.create(opens_on=today, closes_on=today + dt.timedelta(days=7), **fields)
    surveys.add_question(survey=made, text="您对工会工作满意吗？", kind=AnswerKind.SATISFACTION)
    surveys.add_question(survey=made, text="您的意见", kind=AnswerKind.WORDS)
    return surveys.open_survey(survey=made, actor=None) if opened else made
