"""Covers come by list."""

import datetime as dt
import io
from decimal import Decimal

import pytest

from tests.factories import members
from union_portal.base.importing.preview import ImportRefused
from union_portal.base.spreadsheets.writing import write_xlsx
from welfare.mutual_aid.models import Cover
from welfare.mutual_aid.resources import CoverList


def test_covers_come_in_with_the_plans_own_end() -> None:
    person = members.member(gender="male")
    headings = ("工号", "姓名", "保障计划", "起始日期", "缴费日期", "保费", "来源")
    rows = [(person.staff_number, person.name, "在职职工重大疾病互助保障计划", dt.date(2022, 7, 1), "", 95, "清单")]
    CoverList().confirm(io.BytesIO(write_xlsx(headings=headings, rows=rows)))
    cover = Cover.objects.get()
    assert (cover.ends_on, cover.premium) == (dt.date(2023, 6, 30), Decimal(95))
    women = [(person.staff_number, person.name, "在职女职工特殊疾病互助保障计划", dt.date(2022, 7, 1), "", 95, "清单")]
    with pytest.raises(ImportRefused):
        CoverList().confirm(io.BytesIO(write_xlsx(headings=headings, rows=women)))


pytestmark = pytest.mark.django_db
