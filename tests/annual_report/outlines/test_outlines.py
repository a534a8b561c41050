"""Outlines on the staff desk: what a line counts is chosen by name."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.members import account_with_role
from union_portal.accounts.enums import Role
from union_portal.annual_report.composing.services.composing import line_period
from union_portal.annual_report.outlines.models import Outline, OutlineChapter, OutlineLine
from union_portal.annual_report.outlines.services.lines import add_democracy, lacks_democracy
from union_portal.annual_report.outlines.services.starting import ensure_outlines
from union_portal.base.errors import Refused
from union_portal.base.periods import Period


@pytest.fixture
def officer(client: Client, settings: Any) -> Client:
    settings.PORTAL_STAFF_TOTP = False
    client.force_login(account_with_role(Role.ORGANISATION))
    return client


@pytest.fixture
def chapter() -> OutlineChapter:
    return OutlineChapter.objects.create(
        outline=Outline.objects.get(code="summary"), position=9, heading="换届", guidance="", narrative=""
    )


def address(chapter: OutlineChapter) -> str:
    return reverse("admin:annual_report_outlinechapter_change", args=[chapter.pk])


def typed(*lines: dict[str, Any]) -> dict[str, Any]:
    """Return what the chapter's form sends with these new lines."""
    given: dict[str, Any] = {
        "position": 9,
        "heading": "换届",
        "lines-TOTAL_FORMS": len(lines),
        "lines-INITIAL_FORMS": 0,
    }
    for number, line in enumerate(lines):
        whole = {"position": number + 1, "label": "换届", "decimals": 2, "shift_months": 0, **line}
        given |= {f"lines-{number}-{name}": value for name, value in whole.items()}
    return given


def test_kinds_are_chosen_by_chinese_names_grouped_by_app(officer: Client, chapter: OutlineChapter) -> None:
    shown = officer.get(address(chapter)).content.decode()
    groups = dict(re.findall(r'<optgroup label="([^"]+)">(.*?)</optgroup>', shown, re.DOTALL))
    assert '<option value="members.total">会员</option>' in groups["会员"]
    assert '<option value="welfare.wedding">' in groups["福利慰问"]
    assert 'name="lines-__prefix__-key"' not in shown
    # Within a group by their names, whichever room counts them.
    labels = re.findall(r'<option value="members\.[^"]+">([^<]+)</option>', groups["会员"])
    places = [labels.index(label) for label in ("会员", "女会员", "新会员", "在职会员") if label in labels]
    assert places == sorted(places)
    assert len(places) >= 2


def test_a_new_line_gets_a_key_that_no_line_of_the_outline_has(officer: Client, chapter: OutlineChapter) -> None:
    answer = officer.post(address(chapter), typed({"kinds": ["members.elections"]}, {"kinds": ["members.left"]}))
    assert answer.status_code == 302, answer.context["errors"]
    lines = {line.key: line.kinds for line in chapter.lines.all()}
    assert lines == {"members.elections_2": ["members.elections"], "members.left": ["members.left"]}


@pytest.mark.parametrize(
    "kinds",
    [
        ["members.nobody"],
        ["members.left", "welfare.wedding"],
        ["members.left", "members.total"],
        ["welfare.birthday", "welfare.summer.of_year"],
        [],
    ],
)
def test_what_nobody_counts_together_is_refused(officer: Client, chapter: OutlineChapter, kinds: list[str]) -> None:
    answer = officer.post(address(chapter), typed({"kinds": kinds}))
    assert answer.status_code == 200
    assert not chapter.lines.exists()


def test_the_last_of_february_is_asked_for_as_the_29th_and_the_30th_is_refused(
    officer: Client, chapter: OutlineChapter
) -> None:
    kind = {"kinds": ["members.total"]}
    for month, day in ((2, 30), (4, 31), (2, 31)):
        answer = officer.post(address(chapter), typed({**kind, "as_of_month": month, "as_of_day": day}))
        assert answer.status_code == 200
        assert f"{month}月没有{day}日" in answer.content.decode()
    assert officer.post(address(chapter), typed({**kind, "as_of_month": 2, "as_of_day": 29})).status_code == 302
    line = chapter.lines.get()
    ends = [line_period(line, Period(dt.date(year, 1, 1), dt.date(year, 12, 31))).end for year in (2024, 2025)]
    assert ends == [dt.date(2024, 2, 29), dt.date(2025, 2, 28)]


def before_the_congress(code: str) -> Outline:
    """Return an outline as it was made before the portal counted the congress, with a sentence the school changed."""
    outline = Outline.objects.get(code=code)
    OutlineLine.objects.filter(chapter__outline=outline, key__startswith="congress.").delete()
    OutlineLine.objects.filter(chapter__outline=outline, key="members.total").update(sentence="会员{heads}人")
    return outline


def test_an_outline_of_before_gains_the_congress_by_its_button_and_keeps_what_was_changed(officer: Client) -> None:
    whole = list(OutlineLine.objects.filter(chapter__outline__code="summary").values_list("key", flat=True))
    outline = before_the_congress("summary")
    page = reverse("admin:annual_report_outline_change", args=[outline.pk])
    button = reverse("admin:annual_report_outline_add_democracy", args=[outline.pk])
    ensure_outlines()
    assert lacks_democracy(outline)
    assert button in officer.get(page).content.decode()

    answer = officer.post(button)

    assert answer.status_code == 302
    lines = OutlineLine.objects.filter(chapter__outline=outline)
    assert list(lines.values_list("key", flat=True)) == whole
    assert lines.get(key="members.total").sentence == "会员{heads}人"
    assert button not in officer.get(page).content.decode()
    with pytest.raises(Refused):
        add_democracy(outline=outline)
    assert lines.count() == len(whole)


def test_an_outline_by_themes_gains_a_chapter_of_its_own_after_the_last_that_counts() -> None:
    outline = before_the_congress("summary")
    first, second, third = outline.chapters.order_by("position")
    OutlineLine.objects.filter(chapter=first, key__startswith="welfare.").update(chapter=second)

    add_democracy(outline=outline)

    assert [chapter.heading for chapter in outline.chapters.order_by("position")] == [
        first.heading,
        second.heading,
        "民主管理",
        third.heading,
    ]
    assert not outline.chapters.get(heading="民主管理").lines.exclude(key__startswith="congress.").exists()


def test_the_lines_of_a_chapter_stand_folded_with_their_names(officer: Client) -> None:
    chapter = OutlineChapter.objects.filter(outline__code="summary", lines__isnull=False).first()
    assert chapter is not None
    shown = officer.get(address(chapter)).content.decode()
    assert "民主管理 · 征集提案" in shown
    assert "openRow: false" in shown


def test_a_shipped_chapter_with_all_its_lines_is_saved(officer: Client) -> None:
    chapter = OutlineChapter.objects.filter(outline__code="summary", lines__isnull=False).first()
    assert chapter is not None
    shown = officer.get(address(chapter))
    forms = [shown.context["adminform"].form]
    for inline in shown.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    sent = {form.add_prefix(name): form[name].value() for form in forms for name in form.fields}
    given = {name: "" if value is None else value for name, value in sent.items() if value is not False}

    assert len(given) > 900
    answer = officer.post(address(chapter), given)

    assert answer.status_code == 302


pytestmark = pytest.mark.django_db
