"""Surveys and appraisals at the desk: drafted with questions, opened, closed, and only then looked at."""

from collections import defaultdict
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from congress.bodies.admin import RunByUserAdmin
from congress.surveys.enums import AnswerKind, SurveyKind, SurveyState
from congress.surveys.forms import LeaderForm, QuestionForm, SurveyForm, totals_form
from congress.surveys.models import Survey, SurveyQuestion
from congress.surveys.renderers import survey_results
from congress.surveys.services import surveys
from congress.surveys.services.results import results
from members.branches.services.tree import signatory
from members.people.models import Person
from union_portal.accounts.requests import account_of
from union_portal.base.admin import Block, PortalModelAdmin, PortalTabularInline, object_action, refused_by
from union_portal.base.admin.columns import share
from union_portal.base.errors import Refused
from union_portal.base.steps import timeline
from union_portal.base.views import as_pdf


def _drafted(survey: Survey) -> bool:
    return survey.state == SurveyState.DRAFT


def _lacks_questions(survey: Survey) -> Block | None:
    add = reverse("admin:congress_survey_add_question", args=[survey.pk])
    return refused_by(surveys.must_have_questions, survey=survey, label="添加题目", address=add)


def _says_open(_admin: Any, _request: HttpRequest, survey: Survey) -> str:
    count = len(surveys.people_asked(survey=survey))
    return f"将向 {count:,} 人各发一份测评表，此后题目不再更改。测评截止 {survey.closes_on}。"


def _says_close(_admin: Any, _request: HttpRequest, survey: Survey) -> str:
    asked, answered = surveys.remaining(survey=survey)
    words = f"应答 {asked:,} 人，已收回 {answered:,} 份；结束后不能再填写。"
    if survey.anonymous and answered < surveys.LEAST_SHEETS:
        words += f"收回不足 {surveys.LEAST_SHEETS} 份的，不显示结果。"
    return words


class QuestionInline(PortalTabularInline[SurveyQuestion, Survey]):
    """The questions of a draft; afterwards they are looked at."""

    model = SurveyQuestion
    fields = ("position", "text", "kind")
    ordering = ("position",)
    show_change_link = False

    def has_add_permission(self, request: HttpRequest, obj: Survey | None = None) -> bool:  # noqa: ARG002
        """Questions are added by their step."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return (obj is None or _drafted(obj)) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is not None and _drafted(obj) and self.has_change_permission(request, obj)


@admin.register(Survey)
class SurveyAdmin(RunByUserAdmin, PortalModelAdmin[Survey]):
    """测评."""

    form = SurveyForm
    list_display = ("title", "kind", "audience", "closes_on", "came", "state_shown")
    export_also = ("opens_on", "asked", "answered", "recorded")
    came = share("收回 / 应收", "answered", "asked")
    list_filter = ("state", "kind", "audience", "recorded")
    list_select_related = ("sitting__congress", "branch")
    search_fields = ("title",)
    autocomplete_fields = ("branch",)
    fields = (
        ("title", "kind"), ("audience", "anonymous"), ("sitting", "branch"), ("opens_on", "closes_on"), "words",
    )  # fmt: skip
    inlines = (QuestionInline,)
    change_form_after_template = "congress/surveys/admin/survey.html"
    actions_detail = ("open_survey", "add_question", "appraise", "close", "record_totals", "print_results")

    def has_change_permission(self, request: HttpRequest, obj: Survey | None = None) -> bool:
        return (obj is None or _drafted(obj)) and super().has_change_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: Survey, form: Any, change: bool) -> None:
        if not change:
            obj.created_by = account_of(request)
        super().save_model(request, obj, form, change)

    def above_form(self, request: HttpRequest, subject: Survey) -> dict[str, Any]:
        """Add how far it is, or after the close what came of it."""
        del request
        running = subject.state == SurveyState.OPEN
        return {
            "survey": subject,
            "results": results(survey=subject),
            "least": surveys.LEAST_SHEETS,
            "standing": surveys.remaining(survey=subject) if running else None,
            "moves": timeline(subject),
        }

    @object_action(
        description="添加题目", permission="congress.change_survey", form=QuestionForm, offered=_drafted, icon="add"
    )
    def add_question(self, _request: HttpRequest, subject: Survey, text: str, kind: str) -> str:
        surveys.add_question(survey=subject, text=text, kind=AnswerKind(kind))
        return "题目已添加。"

    @object_action(
        description="添加评议对象",
        permission="congress.change_survey",
        form=LeaderForm,
        offered=lambda survey: _drafted(survey) and survey.kind == SurveyKind.APPRAISAL,
        icon="person_add",
    )
    def appraise(self, _request: HttpRequest, subject: Survey, post: str, person: Person | None) -> str:
        made = surveys.appraise(survey=subject, post=post, person=person)
        return f"已将{made}列为评议对象。"

    @object_action(
        description="开始测评",
        permission="congress.change_survey",
        confirmation=_says_open,
        offered=_drafted,
        blocked=lambda _admin, _request, survey: (
            _lacks_questions(survey) or refused_by(surveys.who_would_answer, survey=survey)
        ),
        icon="campaign",
        primary=True,
    )
    def open_survey(self, request: HttpRequest, subject: Survey) -> str:
        done = surveys.open_survey(survey=subject, actor=account_of(request))
        return f"已向 {done.asked or 0:,} 人发出测评。"

    @object_action(
        description="结束测评",
        permission="congress.change_survey",
        confirmation=_says_close,
        offered=lambda survey: survey.state == SurveyState.OPEN,
        icon="lock",
        primary=True,
    )
    def close(self, request: HttpRequest, subject: Survey) -> str:
        done = surveys.close(survey=subject, actor=account_of(request))
        return f"测评已结束，收回 {done.answered or 0:,} 份。"

    @object_action(
        description="录入纸质统计结果",
        permission="congress.change_survey",
        form=totals_form,
        offered=_drafted,
        blocked=lambda _admin, _request, survey: _lacks_questions(survey),
        icon="edit_note",
    )
    def record_totals(
        self, request: HttpRequest, subject: Survey, asked: int, answered: int, **counts: int | None
    ) -> str:
        """Record them; the survey is closed with it."""
        totals: dict[int, dict[str, int]] = defaultdict(dict)
        for name, count in counts.items():
            question, choice = name.removeprefix("q").split("_", 1)
            totals[int(question)][choice] = count or 0
        surveys.record_totals(survey=subject, asked=asked, answered=answered, totals=totals, actor=account_of(request))
        return "统计结果已录入。"

    @object_action(
        description="打印结果统计表",
        permission="congress.view_survey",
        offered=lambda survey: survey.state == SurveyState.CLOSED,
        icon="print",
    )
    def print_results(self, _request: HttpRequest, subject: Survey) -> HttpResponseBase:
        found = results(survey=subject)
        if found is None:
            raise Refused("测评结束后才显示结果。")
        made = survey_results(survey=subject, found=found, union=signatory())
        return as_pdf(made.pdf, name=f"结果统计表-{subject.title}")
