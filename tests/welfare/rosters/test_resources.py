"""A list of people is read from number and name."""

import io

import pytest

from union_portal.base.spreadsheets.writing import write_xlsx
from welfare.rosters.resources import read_people


def test_a_roster_list_is_read_from_number_and_name() -> None:
    file = io.BytesIO(write_xlsx(headings=("职工号", "姓名"), rows=[("001", "王芳"), ("002", "李娜")]))
    assert read_people(file=file) == [("001", "王芳"), ("002", "李娜")]


pytestmark = pytest.mark.django_db
