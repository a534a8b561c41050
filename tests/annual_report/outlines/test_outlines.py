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
from union_portal.annual_report.outlines.enums import Theme
from union_portal.annual_report.outlines.models import (
    Outline,
    OutlineChapter,
    OutlineLine,
    OutlineParagraph,
    OutlineSection,
)
from union_portal.annual_report.outlines.services.shipped import DEMOCRACY
from union_portal.annual_report.outlines.services.starting import ensure_outlines
from union_portal.annual_report.outlines.services.themes import add_themes, lacking
from union_portal.base.errors import Refused
from union_portal.base.periods import Period


@pytest.fixture
def officer(client: Client, settings: Any) -> Client:
    settings.PORTAL_STAFF_TOTP = False
    client.force_login(account_with_role(Role.ORGANISATION))
    return client


@pytest.fixture
def chapter() -> OutlineChapter:
    return OutlineChapter.objects.create(outline=Outline.objects.get(code="summary"), position=9, heading="换届")


def address(chapter: OutlineChapter) -> str:
    return reverse("admin:annual_report_outlinechapter_change", args=[chapter.pk])


def typed(*lines: dict[str, Any]) -> dict[str, Any]:
    """Return what the chapter's form sends with these new lines."""
    given: dict[str, Any] = {
        "position": 9,
        "heading": "换届",
        "lines-TOTAL_FORMS": len(lines),
        "lines-INITIAL_FORMS": 0,
        "sections-TOTAL_FORMS": 0,
        "sections-INITIAL_FORMS": 0,
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
    """Return an outline as it was made before the portal counted the congress, with a paragraph the school changed."""
    outline = Outline.objects.get(code=code)
    OutlineLine.objects.filter(chapter__outline=outline, key__in=[line.key for line in DEMOCRACY]).delete()
    OutlineSection.objects.filter(chapter__outline=outline, theme=Theme.DEMOCRACY).delete()
    members = OutlineSection.objects.get(chapter__outline=outline, theme=Theme.ORGANISATION)
    members.paragraphs.update(text="会员{members.total:heads}人。")
    return outline


def test_an_outline_of_before_gains_the_congress_by_its_button_and_keeps_what_was_changed(officer: Client) -> None:
    whole = set(OutlineLine.objects.filter(chapter__outline__code="summary").values_list("key", flat=True))
    outline = before_the_congress("summary")
    page = reverse("admin:annual_report_outline_change", args=[outline.pk])
    button = reverse("admin:annual_report_outline_add_themes", args=[outline.pk])
    ensure_outlines()
    assert [section.theme for section in lacking(outline)] == [Theme.DEMOCRACY]
    assert button in officer.get(page).content.decode()

    answer = officer.post(button)

    assert answer.status_code == 302
    lines = OutlineLine.objects.filter(chapter__outline=outline)
    assert set(lines.values_list("key", flat=True)) == whole
    sections = OutlineSection.objects.filter(chapter__outline=outline)
    assert (
        sections.get(theme=Theme.DEMOCRACY).paragraphs.filter(text__contains="{congress.proposals.collected:").exists()
    )
    changed = sections.get(theme=Theme.ORGANISATION)
    assert set(changed.paragraphs.values_list("text", flat=True)) == {"会员{members.total:heads}人。"}
    assert button not in officer.get(page).content.decode()
    with pytest.raises(Refused):
        add_themes(outline=outline)
    assert lines.count() == len(whole)


def test_an_outline_whose_sentences_are_old_stays_and_a_new_one_is_begun_from_what_is_shipped(officer: Client) -> None:
    outline = before_the_congress("summary")
    page = reverse("admin:annual_report_outline_change", args=[outline.pk])
    button = reverse("admin:annual_report_outline_begin_anew", args=[outline.pk])
    assert button in officer.get(page).content.decode()

    officer.post(button)

    made = Outline.objects.get(name="部门工作总结（2）")
    sections = OutlineSection.objects.filter(chapter__outline=made)
    assert sections.get(theme=Theme.DEMOCRACY).paragraphs.filter(text__contains="{congress.proposals.").exists()
    old = OutlineSection.objects.get(chapter__outline=outline, theme=Theme.ORGANISATION)
    assert set(old.paragraphs.values_list("text", flat=True)) == {"会员{members.total:heads}人。"}
    assert button not in officer.get(page).content.decode(), "there is one with all that is shipped"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("会员{members.total:heads}人〔，其中女会员{members.women:heads}人〕。", ""),
        ("会员{members.total}人。", "不是完整的数据引用"),
        ("会员{members.totals:heads}人。", "没有“members.totals”"),
        ("会员{members.total:head}人。", "没有“head”"),
        ("会员〔{members.total:heads}人。", "没有成对"),
    ],
)
def test_a_paragraph_is_checked_when_it_is_saved(
    officer: Client, chapter: OutlineChapter, text: str, words: str
) -> None:
    section = OutlineSection.objects.create(chapter=chapter, position=1, heading="会员")
    address = reverse("admin:annual_report_outlinesection_change", args=[section.pk])
    sent = {"position": 1, "heading": "会员", "theme": "", "guidance": "", "starter": ""}
    sent |= {"paragraphs-TOTAL_FORMS": 1, "paragraphs-INITIAL_FORMS": 0}

    answer = officer.post(address, sent | {"paragraphs-0-position": 1, "paragraphs-0-text": text})

    assert answer.status_code == (200 if words else 302)
    assert words in answer.content.decode()
    assert OutlineParagraph.objects.filter(section=section).exists() != bool(words)


def test_every_line_of_a_shipped_chapter_is_saved_as_it_is_shown(officer: Client) -> None:
    chapter = OutlineChapter.objects.filter(outline__code="summary", lines__isnull=False).first()
    assert chapter is not None
    assert "征集提案" in officer.get(address(chapter)).content.decode()
    asked = f"{address(chapter)}?line={chapter.lines.latest('pk').pk}"
    shown = officer.get(asked)
    forms = [shown.context["adminform"].form]
    for inline in shown.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    sent = {form.add_prefix(name): form[name].value() for form in forms for name in form.fields}
    given = {name: "" if value is None else value for name, value in sent.items() if value is not False}
    assert "lines-0-label" in given
    assert officer.post(asked, given).status_code == 302


pytestmark = pytest.mark.django_db


def test_a_chapter_lists_its_lines_and_shows_the_form_of_the_one_that_is_asked_for(officer: Client) -> None:
    line = OutlineLine.objects.filter(chapter__outline__code="speech").order_by("pk")[3]
    page = officer.get(address(line.chapter)).content.decode()
    assert len(page) < 300_000
    asked = f"{address(line.chapter)}?line={line.pk}"
    assert f'href="?line={line.pk}#lines-group"' in page
    assert 'name="lines-0-id"' not in page
    assert f'value="{line.pk}"' in officer.get(asked).content.decode()
    given = typed({"id": line.pk, "position": line.position, "label": "改过的名称", "kinds": line.kinds, "unit": "人"})
    given |= {"position": line.chapter.position, "heading": line.chapter.heading, "lines-INITIAL_FORMS": 1}
    others = line.chapter.lines.exclude(pk=line.pk).count()
    assert officer.post(asked, given).status_code == 302
    line.refresh_from_db()
    assert (line.label, line.chapter.lines.exclude(pk=line.pk).count()) == ("改过的名称", others)
