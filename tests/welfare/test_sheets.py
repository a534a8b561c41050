"""Sign-off sheets made by the worker."""

import io

import pytest
from django.conf import settings
from pypdf import PdfReader

from members.enums import BranchKind
from tests.factories import members
from tests.factories import rounds as welfare
from welfare.enums import PaperState
from welfare.models import RoundPaper
from welfare.services import papers, rounds
from welfare.tasks import render_round_sheets

pytestmark = pytest.mark.django_db


@pytest.mark.skipif(not settings.PORTAL_FONTS_DIR.exists(), reason="fonts are prepared by the set-up")
def test_sheets_hold_every_branch_on_pages_of_its_own_with_twenty_rows() -> None:
    members.branch(kind=BranchKind.SCHOOL, name="青岚学院工会")
    first, second = members.branch(name="信息工程分工会"), members.branch(name="外国语分工会")
    names = [members.member(branch=first).name for _ in range(21)] + [members.member(branch=second).name]
    made = welfare.locked()
    assert [(sheet.branch, sheet.count) for sheet in papers.sheets(round_=made)] == [
        ("信息工程分工会", 21),
        ("外国语分工会", 1),
    ]
    asked = papers.ask_for_sheets(round_=made, actor=None)
    render_round_sheets(asked.pk)

    done = RoundPaper.objects.get()
    assert (done.state, done.done) == (PaperState.DONE, 100)
    with done.file.open("rb") as file:
        reader = PdfReader(io.BytesIO(file.read()))
    text = "".join(page.extract_text() for page in reader.pages)
    assert len(reader.pages) == done.pages == 3
    assert all(name in text for name in names)
    assert text.count("青岚学院工会") == len(reader.pages)


def test_a_failed_sheet_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    members.member()
    made = rounds.lock(round_=welfare.draft(), actor=None)
    asked = papers.ask_for_sheets(round_=made, actor=None)

    def broken(**_options: object) -> None:
        raise ValueError("broken")

    monkeypatch.setattr("welfare.tasks.render_sheets", broken)
    with pytest.raises(ValueError, match="broken"):
        render_round_sheets(asked.pk)
    asked.refresh_from_db()
    assert asked.state == PaperState.FAILED
