"""Sign-off sheets made by the worker."""

import io

import pytest
from django.conf import settings
from pypdf import PdfReader

from members.branches.enums import BranchKind
from tests.factories import members
from tests.factories import rounds as welfare
from union_portal.base.errors import Refused
from union_portal.base.models.papers import PaperState
from welfare.rounds.services import roster
from welfare.sheets import services as sheets
from welfare.sheets.models import RoundPaper
from welfare.sheets.tasks import render_round_sheets


@pytest.mark.skipif(not settings.PORTAL_FONTS_DIR.exists(), reason="fonts are prepared by the set-up")
def test_sheets_hold_every_branch_on_pages_of_its_own_with_twenty_rows() -> None:
    members.branch(kind=BranchKind.SCHOOL, name="青岚学院工会")
    first, second = members.branch(name="信息工程分工会"), members.branch(name="外国语分工会")
    names = [members.member(branch=first).name for _ in range(21)] + [members.member(branch=second).name]
    made = welfare.locked()
    assert [(sheet.branch, sheet.count) for sheet in sheets.sheets(round_=made)] == [
        ("信息工程分工会", 21),
        ("外国语分工会", 1),
    ]
    asked = sheets.ask_for_sheets(round_=made, actor=None, portal="https://union.example.edu.cn")
    render_round_sheets(asked.pk)

    done = RoundPaper.objects.get()
    assert (done.state, done.done) == (PaperState.DONE, 100)
    with done.file.open("rb") as file:
        reader = PdfReader(io.BytesIO(file.read()))
    text = "".join(page.extract_text() for page in reader.pages)
    assert len(reader.pages) == done.pages == 3
    assert all(name in text for name in names)
    assert text.count("青岚学院工会") == text.count("扫码登记领取") == len(reader.pages)


def test_a_failed_sheet_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    members.member()
    made = roster.lock(subject=welfare.draft(), actor=None)
    asked = sheets.ask_for_sheets(round_=made, actor=None)

    def broken(**_options: object) -> None:
        raise ValueError("broken")

    monkeypatch.setattr("welfare.sheets.tasks.render_sheets", broken)
    with pytest.raises(ValueError, match="broken"):
        render_round_sheets(asked.pk)
    asked.refresh_from_db()
    assert asked.state == PaperState.FAILED


def test_a_refusal_is_told_in_its_words_and_what_is_made_is_not_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    members.member()
    asked = sheets.ask_for_sheets(round_=roster.lock(subject=welfare.draft(), actor=None), actor=None)
    calls: list[int] = []

    def refused(**_options: object) -> None:
        raise Refused("名册有误。")

    def made(**_options: object) -> tuple[bytes, int]:
        calls.append(1)
        return b"%PDF-1.7", 2

    monkeypatch.setattr("welfare.sheets.tasks.render_sheets", refused)
    render_round_sheets(asked.pk)
    asked.refresh_from_db()
    assert (asked.state, asked.message) == (PaperState.FAILED, "名册有误。")

    monkeypatch.setattr("welfare.sheets.tasks.render_sheets", made)
    for _twice in range(2):
        render_round_sheets(asked.pk)
    asked.refresh_from_db()
    assert (asked.state, asked.pages, asked.message, len(calls)) == (PaperState.DONE, 2, "已生成", 1)


pytestmark = pytest.mark.django_db
