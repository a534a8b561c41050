"""提案工作报告 with words: narrative around the figures, cases, suggestions, kinds of answers; on paper and in Word."""

import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from docx import Document
from pypdf import PdfReader

from congress.bodies.enums import Body
from congress.proposal_reports.models import ProposalReport
from congress.proposal_reports.renderers import layout
from congress.proposal_reports.report.account import report_data
from congress.proposal_reports.services import begin_report, write_report
from congress.proposal_reports.tasks import render_report
from congress.proposals.models import Proposal
from congress.sessions.models import Session
from congress.suggestions.enums import SuggestionSource, SuggestionState
from congress.suggestions.models import Suggestion
from tests.congress.proposal_reports.past_years import PROPOSALS, bodies, departments, filed, held, load, other
from tests.factories import bodies as make
from union_portal.base.errors import Refused
from union_portal.base.paper.blocks import text_of
from union_portal.base.steps import record

CREATED = dt.datetime(2024, 1, 15, 8, 0, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def session(one_data_set: Path) -> Session:
    """Six forms: three filed and answered, one of them without a deadline, two passed on, one declined."""
    (staff,) = bodies(Body.STAFF)
    made = held("第二届教代会第五次会议", dt.date(2023, 4, 12), staff, number=5)
    departments("后勤处", "人事处")
    undated = [*filed(made, 3, answered="2023-10-11", grade="基本满意")]
    undated[8], undated[10] = "人事处", ""
    rows = [filed(made, number, answered="2023-10-10", grade="满意") for number in (1, 2)]
    rows += [tuple(undated), other(made, 4, "转意见建议"), other(made, 5, "转意见建议"), other(made, 6, "不予立案")]
    load("proposals", PROPOSALS, rows)
    return made


@pytest.fixture
def report(session: Session) -> ProposalReport:
    return begin_report(sessions=[session], actor=make.officer())


def text(report: ProposalReport) -> str:
    return text_of(layout(report_data(report), created=CREATED))


def proposal(number: int) -> Proposal:
    return Proposal.objects.get(number=f"2023-{number:03d}")


def test_the_officers_words_and_cases_stand_around_the_figures(report: ProposalReport) -> None:
    write_report(
        report=report,
        before="一年来，提案工作委员会认真履职。\n坚持件件有回音。",
        after="下一步，将加强督办。",
        cases={proposal(2).pk: "增开晚间窗口两个。", proposal(3).pk: " "},
    )
    report.refresh_from_db()
    told = text(report)
    words = "如：第2023-002号提案“关于第2项工作的提案”，由后勤处办理，增开晚间窗口两个。"
    places = [told.index(one) for one in ("认真履职。", "坚持件件有回音。", "共征集提案6件", words, "将加强督办。")]
    assert places == sorted(places)
    assert "2023-003号" not in told
    with pytest.raises(Refused):
        write_report(report=report, before="", after="", cases={proposal(4).pk: "不是立案提案"})


def test_what_was_heard_as_advice_has_a_part_of_its_own(report: ProposalReport, session: Session) -> None:
    for number in range(3):
        answered = number > 0
        made = Suggestion(
            source=SuggestionSource.DISCUSSION,
            session=session,
            title=f"建议{number}",
            text="请改善",
            collected_on=dt.date(2023, 4, 12),
            state=SuggestionState.ANSWERED if answered else SuggestionState.COLLECTED,
            answer="已改善" if answered else "",
            answered_on=dt.date(2023, 5, 1) if answered else None,
        )
        record(made, actor=None)
    assert "由提案转为意见建议2件，会议期间收集意见建议3件，已书面答复2件。" in text(report)


def test_answers_are_told_by_kind_and_no_rate_is_made_of_no_deadline(report: ProposalReport) -> None:
    told = layout(report_data(report), created=CREATED)
    handling = next(one for one in told["chapters"] if one["heading"] == "提案办理与答复情况")
    assert "答复中，已解决3件。" in handling["blocks"][0]["text"]
    rows = {row["cells"][0]["text"]: row["cells"][4]["text"] for row in handling["blocks"][1]["rows"]}
    assert rows == {"后勤处": "2", "人事处": "—", "合计": "2"}


def test_paper_and_word_say_the_same(report: ProposalReport) -> None:
    write_report(report=report, before="一年来成效明显。", after="", cases={proposal(1).pk: "已建成充电桩"})
    render_report(report.pk)
    report.refresh_from_db()
    with report.pdf.open("rb") as kept:
        pages = PdfReader(io.BytesIO(kept.read())).pages
    printed = "".join(page.extract_text() for page in pages).replace("\n", "").replace(" ", "")
    with report.docx.open("rb") as kept:
        written = "".join(one.text for one in Document(kept).paragraphs).replace(" ", "")
    for words in ("一年来成效明显。", "已建成充电桩。", "共征集提案6件", "由提案转为意见建议2件。"):
        assert words in printed
        assert words in written


def test_the_desk_keeps_words_and_cases(report: ProposalReport) -> None:
    client = Client()
    client.force_login(make.officer())
    page = reverse("admin:congress_proposalreport_change", args=[report.pk])
    first = {"before": "开头的话", "after": "结尾的话", "new-case": proposal(1).pk, "new-case-words": "已办结"}
    client.post(page, first)
    shown = client.get(page).content.decode()
    assert all(words in shown for words in ("开头的话", "结尾的话", "已办结"))
    client.post(page, {"before": "", "after": "", f"case-{proposal(1).pk}": "", "case-x": "", "new-case": ""})
    report.refresh_from_db()
    assert (report.before, report.cases.count()) == ("", 0)
    answer: Any = client.post(page, {"before": "", "new-case": 2**40, "new-case-words": "没有"}, follow=True)
    assert "立案提案" in answer.content.decode()


def test_the_command_writes_both_files_with_the_words_of_a_report_begun(report: ProposalReport, tmp_path: Path) -> None:
    write_report(report=report, before="一年来成效明显。", after="", cases={})
    pdf, docx = tmp_path / "r.pdf", tmp_path / "r.docx"
    call_command(
        "proposal_report", "--session", "二届五次教代会", "--pdf", str(pdf), "--docx", str(docx), stdout=io.StringIO()
    )
    assert "成效明显" in PdfReader(pdf).pages[0].extract_text()
    assert "一年来成效明显。" in [one.text for one in Document(str(docx)).paragraphs]
    for refused in (["--session", "九届九次教代会", "--pdf", str(pdf)], ["--session", "二届五次教代会"]):
        with pytest.raises(CommandError) as told:
            call_command("proposal_report", *refused, stdout=io.StringIO())
        assert told.value.returncode == 2


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shared_rows")]
