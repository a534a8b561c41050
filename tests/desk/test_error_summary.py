"""A form that is sent back says at its head what is wrong, all of it and once, with the way to each field."""

import re
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from tests.factories import members
from union_portal.accounts.enums import Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shared_rows")]
SUMMARY = re.compile(r'<div class="up-errors"[^>]*id="error-summary">(.*?)</div>', re.DOTALL)
# The tables of rows on the pages of new ones.
TABLES = (
    *("role_assignments", "posts", "questions", "chapters", "sections", "lines", "paragraphs"),
    *("household", "costs"),
)
POINT = re.compile(r"<li>(?:<a href=\"#([^\"]*)\">)?(.*?)(?:</a>)?</li>", re.DOTALL)


@pytest.fixture(scope="module")
def desk(one_data_set: Any) -> Client:
    client = Client()
    client.force_login(members.account_with_role(*Role))
    return client


def counts(table: str, rows: int = 0) -> dict[str, str]:
    """Return how many rows a table on the page says it has."""
    told = {"TOTAL_FORMS": str(rows), "INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0", "MAX_NUM_FORMS": "1000"}
    return {f"{table}-{name}": value for name, value in told.items()}


def test_every_form_that_is_sent_empty_says_at_its_head_what_is_missing(desk: Client) -> None:
    wrong, seen = [], 0
    for model in admin.site._registry:
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
        answer = desk.post(address, {name: value for table in TABLES for name, value in counts(table).items()})
        form = getattr((answer.context or {}).get("adminform"), "form", None)
        if form is None or not form.errors:
            continue
        seen += 1
        page = answer.content.decode()
        summaries = SUMMARY.findall(page)
        points = POINT.findall(summaries[0]) if summaries else []
        said = [str(one) for errors in form.errors.values() for one in errors]
        missing = [anchor for anchor, _words in points if anchor and f'id="{anchor}"' not in page]
        if page.count('class="up-errors"') != 1 or len(points) < len(said) or missing:
            wrong.append(f"{address}: {points} {missing}")
    assert not wrong, "\n".join(wrong)
    assert seen > 40


def test_a_table_of_rows_is_told_by_its_row_and_field(desk: Client) -> None:
    given = counts("chapters", rows=2) | {"chapters-1-position": "第一"}
    page = desk.post(reverse("admin:annual_report_outline_add"), given).content.decode()
    (summary,) = SUMMARY.findall(page)
    points = dict(POINT.findall(summary))
    assert points["id_chapters-1-position"].startswith("提纲章节第 2 行，")
    assert "id_name" in points
    assert not [anchor for anchor in points if anchor.startswith("id_chapters-0")]
