"""Sign-off sheets made by the worker."""

import base64
import io

import pytest
from django.conf import settings
from django.urls import reverse
from PIL import Image
from pypdf import PageObject, PdfReader

from members.branches.enums import BranchKind
from tests.factories import members
from tests.factories import rounds as welfare
from union_portal.base.errors import Refused
from union_portal.base.models.papers import PaperState
from union_portal.base.qr import qr_dots
from welfare.rounds.services import roster
from welfare.sheets import services as sheets
from welfare.sheets.models import RoundPaper
from welfare.sheets.services import codes
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
    # Twenty lines fill a page, each in a box of 9 mm, with its code.
    drawn = [_pictures(page) for page in reader.pages]
    assert [count - drawn[1] for count in drawn] == [19, 0, 0]


def _pictures(page: PageObject) -> int:
    contents = page.get_contents()
    assert contents is not None
    return contents.get_data().count(b" Do\n")


def test_every_line_has_a_code_of_its_own_that_a_phone_can_read_at_eight_millimetres() -> None:
    people = [members.member() for _ in range(3)]
    made = welfare.locked()
    lines = [row for sheet in sheets.sheets(round_=made) for row in sheet.rows]
    keys = [codes.read_row(str(row["code"])) for row in lines]
    assert sorted(keys) == sorted(made.grants.values_list("pk", flat=True))
    assert len(people) == len(set(keys))
    # Of a long address too the dots stay a quarter of a millimetre wide: no more than 29 of them, on 8 mm.
    portal = "https://union.some-college.edu.cn"
    leads = f"{portal.upper()}{reverse('welfare:sheet_row', args=[codes.row_code(10_000_000)])}"
    picture = Image.open(io.BytesIO(base64.b64decode(qr_dots(leads).partition(",")[2])))
    assert picture.size <= (29, 29)
    for strange in ("", "-", "1-", f"{codes.row_code(1)[:-1]}0", codes.row_code(1).lower(), "1-ÄÄÄÄÄÄÄÄ"):
        with pytest.raises(Refused):
            codes.read_row(strange)


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
