"""Outlines on the staff desk: what a line counts is chosen by name."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.members import account_with_role
from union_portal.accounts.enums import Role
from union_portal.annual_report.models import Outline, OutlineChapter

pytestmark = pytest.mark.django_db


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
    assert re.search(r'<optgroup label="会员">\s*<option value="members.total">会员</option>', shown)
    assert '<optgroup label="福利慰问">' in shown
    assert 'name="lines-__prefix__-key"' not in shown


def test_a_new_line_gets_a_key_that_no_line_of_the_outline_has(officer: Client, chapter: OutlineChapter) -> None:
    answer = officer.post(address(chapter), typed({"kinds": ["members.elections"]}, {"kinds": ["members.left"]}))
    assert answer.status_code == 302, answer.context["errors"]
    lines = {line.key: line.kinds for line in chapter.lines.all()}
    assert lines == {"members.elections_2": ["members.elections"], "members.left": ["members.left"]}


@pytest.mark.parametrize("kinds", [["members.nobody"], ["members.left", "welfare.wedding"], []])
def test_what_nobody_counts_together_is_refused(officer: Client, chapter: OutlineChapter, kinds: list[str]) -> None:
    answer = officer.post(address(chapter), typed({"kinds": kinds}))
    assert answer.status_code == 200
    assert not chapter.lines.exists()
