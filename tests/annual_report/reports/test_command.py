"""The command line: what it writes, and what it says when it cannot."""

import datetime as dt
import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from docx import Document

from tests.factories.members import branch, member
from union_portal.annual_report.composing.services.composing import compose
from union_portal.annual_report.composing.services.data import snapshot
from union_portal.annual_report.outlines.models import Outline
from union_portal.annual_report.reports.renderers.word import render_docx
from union_portal.annual_report.reports.services.drafting import start_report
from union_portal.base.periods import Period


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("annual_report", *arguments, stdout=out)
    return out.getvalue()


def test_json_holds_every_figure_with_the_interfaces_fields(tmp_path: Path) -> None:
    member(on=dt.date(2020, 1, 1))
    run("--from", "2022-01-01", "--to", "2022-12-31", "--json", str(tmp_path / "r.json"))

    written = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))

    assert written["period"] == {"from": "2022-01-01", "to": "2022-12-31"}
    total = next(figure for figure in written["figures"] if figure["key"] == "members.total")
    assert (total["heads"], total["as_of"], total["period"], total["amount"]) == (1, "2022-12-31", None, None)
    fields = "key label chapter period as_of heads times amount approximate numerator denominator unit basis summary"
    assert set(fields.split()) <= total.keys()


@pytest.mark.parametrize(
    "arguments",
    [
        ("--from", "2022-12-31", "--to", "2022-01-01"),
        ("--from", "2022-01-01", "--to", "2022-12-31", "--outline", "x"),
        ("--from", "2022-01-01", "--to", "2022-12-31", "--branch", "x"),
    ],
)
def test_a_refused_input_exits_with_two_and_says_why(arguments: tuple[str, ...]) -> None:
    with pytest.raises(CommandError) as refused:
        run(*arguments)
    assert refused.value.returncode == 2


def test_a_branch_reports_what_is_its_own_in_its_own_name(tmp_path: Path) -> None:
    here = branch(name="外国语学院分工会")
    for _number in range(2):
        member(on=dt.date(2020, 1, 1), branch=here)
    member(on=dt.date(2020, 1, 1))
    own = ("--from", "2022-01-01", "--to", "2022-12-31", "--branch", here.code)
    run(*own, "--json", str(tmp_path / "r.json"), "--docx", str(tmp_path / "r.docx"))
    written = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    heads = {figure["key"]: figure["heads"] for figure in written["figures"]}
    assert heads["members.total"] == 2
    assert not {"members.branches", "welfare.spent", "congress.inspections"} & set(heads)
    assert "外国语学院分工会2022年" in Document(str(tmp_path / "r.docx")).paragraphs[0].text

    outline, period = Outline.objects.get(code="summary"), Period.year(2022)
    start_report(outline=outline, period=period, actor=None).texts.update(text="全校的话。")
    start_report(outline=outline, period=period, actor=None, branch=here).texts.update(text="分工会的话。")
    run(*own, "--docx", str(tmp_path / "r.docx"))
    said = [one.text for one in Document(str(tmp_path / "r.docx")).paragraphs]
    assert ("分工会的话。" in said, "全校的话。" in said) == (True, False)


def test_word_has_the_papers_text_and_the_same_bytes_twice() -> None:
    member(on=dt.date(2020, 1, 1))
    data = snapshot(compose(Outline.objects.get(code="summary"), Period.year(2022)))
    created = dt.datetime(2023, 1, 5, 9, 0, tzinfo=dt.UTC)

    first = render_docx(data, created=created)

    assert render_docx(data, created=created) == first
    document = Document(io.BytesIO(first))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[0] == data["title"]
    assert "一、工作成效" in texts
    assert any("在册会员1人" in text for text in texts)


pytestmark = pytest.mark.django_db
