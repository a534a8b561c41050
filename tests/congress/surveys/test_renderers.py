"""测评结果统计表: the totals on paper, nothing before the close, nothing withheld that points at people."""

import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from congress.surveys.enums import AnswerKind, SurveyKind
from congress.surveys.models import Survey
from congress.surveys.renderers import layout, survey_results
from congress.surveys.services import surveys
from congress.surveys.services.results import results
from tests.factories import bodies, members
from tests.factories import surveys as voting
from union_portal.accounts.enums import Role

LEADERS = (("党委书记", "钱知行"), ("校长", "孙允恭"), ("副校长", "李慎思"), ("学校领导班子", ""))


def appraisal(*, counted: bool = True) -> Survey:
    """Return an appraisal of leaders whose sheets were counted on paper."""
    survey = Survey.objects.create(
        title="第六届教代会民主评议领导干部", kind=SurveyKind.APPRAISAL, audience="members", opens_on=bodies.BEGAN,
        closes_on=bodies.BEGAN,
    )  # fmt: skip
    for post, name in LEADERS:
        surveys.appraise(survey=survey, post=post, person=members.person(name=name) if name else None)
    surveys.add_question(survey=survey, text="您对学校民主管理工作满意吗？", kind=AnswerKind.SATISFACTION)
    if counted:
        totals = {
            one.pk: {"excellent": 60, "competent": 12, "basically": 5, "not_competent": 1, "unknown": 2}
            if one.kind == AnswerKind.GRADE
            else {"satisfied": 70, "basically": 8, "dissatisfied": 2}
            for one in survey.questions.all()
        }
        survey = surveys.record_totals(survey=survey, asked=90, answered=80, totals=totals, actor=None)
    return survey


def laid_out(survey: Survey) -> Any:
    found = results(survey=survey)
    assert found is not None
    return layout(survey=survey, found=found, union="示例大学工会")


def test_an_appraisal_prints_each_leader_with_votes_and_shares(tmp_path: Path) -> None:
    survey = appraisal()
    found = results(survey=survey)
    assert found is not None
    file = tmp_path / "survey.pdf"
    file.write_bytes(survey_results(survey=survey, found=found, union="示例大学工会").pdf)
    text = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True).stdout.decode()
    words = text.replace(" ", "").replace("\n", "")
    for wanted in (
        "民主评议结果统计表",
        "应参评90人，收回测评表80份，收回率88.9%",
        "75.0%",
        "70(87.5%)",
        "统计人",
    ):
        assert wanted in words, wanted
    assert words.count("75.0%") == len(LEADERS)


def test_the_words_stand_by_alphabet_and_a_survey_with_few_sheets_shows_nothing() -> None:
    for count, told in ((6, True), (3, False)):
        survey = voting.survey(people=6, title=f"测评{count}")
        graded, written = survey.questions.all()
        tickets = survey.tickets.select_related("person")
        for number, ticket in enumerate(tickets[:count]):
            answers = {str(graded.pk): "satisfied", str(written.pk): f"意见{9 - number}"}
            surveys.answer(survey=survey, person=ticket.person, answers=answers)
        surveys.close(survey=survey, actor=None)
        paper = str(laid_out(Survey.objects.get(pk=survey.pk)))
        assert ("意见9" in paper) is told
        assert ("不公布结果" in paper) is not told
        assert not told or paper.index("意见4") < paper.index("意见9")


def test_the_office_prints_after_the_close_and_a_member_never(settings: Any) -> None:
    settings.PORTAL_STAFF_TOTP = False
    running, done = appraisal(counted=False), appraisal()
    for roles, status in (((Role.CONGRESS,), 200), ((Role.AUDIT,), 200), ((), 302)):
        client = Client()
        client.force_login(members.account_with_role(*roles))
        address = reverse("admin:congress_survey_print_results", args=[done.pk])
        answer = client.post(address)
        assert answer.status_code == status
        assert (answer["Content-Type"] == "application/pdf") is (status == 200)
        early = client.post(reverse("admin:congress_survey_print_results", args=[running.pk]))
        assert early["Content-Type"] != "application/pdf"


pytestmark = pytest.mark.django_db
