"""A school's year: spreadsheets in, report out; every fact of the year stands in it with its date and denominator."""

import datetime as dt
import io
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from pypdf import PdfReader

from tests.annual_report.reports import school_year
from union_portal.base import figures
from union_portal.base.figures import FigureRequest
from union_portal.base.periods import Period


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The school's own folder."""
    return tmp_path_factory.mktemp("school")


@pytest.fixture(scope="module")
def year(django_db_setup: None, django_db_blocker: Any, folder: Path) -> Iterator[school_year.SchoolYear]:
    """The year, imported by the command as a school would; once for all tests here, undone after them."""
    made = school_year.school_year()
    with django_db_blocker.unblock(), transaction.atomic():
        for kind, file in school_year.write_files(made, folder):
            answers = [f"--answer={answer}" for answer in school_year.ANSWERS.get(kind, ())]
            call_command("import_records", kind, str(file), *answers, stdout=io.StringIO())
        yield made
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def report(year: school_year.SchoolYear, folder: Path) -> dict[str, Any]:
    """The report's figures by key and the text of its PDF, blanks left out."""
    whole = ("--from", "2022-01-01", "--to", "2022-12-31")
    files = ("--json", str(folder / "r.json"), "--pdf", str(folder / "r.pdf"))
    call_command("annual_report", *whole, *files, stdout=io.StringIO(), stderr=io.StringIO())
    written = json.loads((folder / "r.json").read_text(encoding="utf-8"))
    text = "".join(page.extract_text() for page in PdfReader(folder / "r.pdf").pages)
    return {one["key"]: one for one in written["figures"]} | {"text": re.sub(r"\s", "", text)}


def test_every_fact_of_the_year_is_a_figure_of_the_report(report: dict[str, Any]) -> None:
    expected = {
        "members.new": 33,
        "members.retired": 12,
        "welfare.festival.spring": 517,
        "welfare.festival.mid_autumn": 542,
        "welfare.summer": 80,
        "welfare.frontline": 26,
        "welfare.cover.women": 319,
        "welfare.cover.critical_illness": 511,
        "welfare.retirement": 12,
        "welfare.wedding": 8,
        "welfare.birth": 4,
        "welfare.hospital": 6,
        "welfare.bereavement": 8,
    }
    assert {key: report[key]["heads"] for key in expected} == expected
    assert (report["welfare.birth"]["unit_price"], report["welfare.birth"]["amount"]) == ("1000.00", "4000.00")
    assert report["welfare.health_check"]["times"] == 1


def test_each_hand_out_is_measured_by_the_register_of_its_own_day(
    report: dict[str, Any], year: school_year.SchoolYear
) -> None:
    days = {
        "welfare.festival.spring": (517, len(year.members(school_year.SPRING)), school_year.SPRING),
        "welfare.festival.mid_autumn": (542, len(year.members(school_year.MID_AUTUMN)), school_year.MID_AUTUMN),
        "welfare.cover.women": (319, len(year.women(school_year.INSURED_WOMEN)), school_year.INSURED_WOMEN),
        "welfare.cover.critical_illness": (511, len(year.members(school_year.INSURED)), school_year.INSURED),
    }
    for key, (heads, members, day) in days.items():
        figure = report[key]
        assert (figure["numerator"], figure["denominator"]) == (heads, members), key
        assert day.isoformat() in figure["basis"], key
    assert len({members for _heads, members, _day in days.values()}) == 4
    assert report["members.total"]["as_of"] == "2022-12-31"
    assert report["members.total"]["heads"] == len(year.members(school_year.END))


def test_everybody_who_was_a_member_on_the_month_s_day_got_a_birthday_cake(
    report: dict[str, Any], year: school_year.SchoolYear
) -> None:
    expected = sum(one.birth.month == month for month in range(1, 13) for one in year.members(dt.date(2022, month, 5)))
    figure = report["welfare.birthday"]
    assert (figure["heads"], figure["times"]) == (expected, expected)
    assert Decimal(figure["amount"]) == 200 * expected


@pytest.mark.parametrize(
    "words",
    [
        "春节慰问：向517人发放慰问品，合计25.85万元。",
        "中秋节慰问：向542人发放慰问品，合计16.26万元。",
        "暑期“送清凉”，惠及80人，合计8000元。",
        "在职女职工特殊疾病互助保障计划319人（1.91万元）",
        "在职职工重大疾病互助保障计划511人（4.09万元）",
        "慰问当年退休教职工12人，合计9600元",
        "新婚慰问8人，每份600元，合计4800元；生育慰问4人，每份1000元，合计4000元。",
        "慰问因病住院会员6人，合计9000元",
        "慰问痛失亲人的会员8人，合计8000元",
        "办理新会员入会、转入手续33人，会籍转出2人。",
        "疗休养未开展：因疫情防控要求未组织",
    ],
)
def test_the_paper_says_it_in_words(report: dict[str, Any], words: str) -> None:
    assert words in report["text"]


def test_totals_count_when_they_lie_inside_the_period_and_are_listed_otherwise(report: dict[str, Any]) -> None:
    kinds = ("welfare.bereavement", "welfare.birth", "welfare.retirement", "welfare.wedding")
    asked = FigureRequest("events", kinds, Period(dt.date(2021, 10, 1), dt.date(2022, 9, 30)), "婚育退丧")
    (counted,) = figures.count([asked])

    assert (counted.heads, counted.amount, counted.summary) == (325, Decimal("260500.00"), True)
    assert any("婚育退丧" in name for name in report["welfare.wedding"]["left_out"])
    assert report["welfare.wedding"]["summary"] is False


def test_nothing_recorded_is_zero_and_what_did_not_happen_has_its_reason(report: dict[str, Any]) -> None:
    assert (report["welfare.disaster"]["heads"], report["welfare.hardship"]["heads"]) == (0, 0)
    recuperation = report["welfare.recuperation"]
    assert (recuperation["heads"] or 0, recuperation["reason"]) == (0, "因疫情防控要求未组织")


pytestmark = pytest.mark.django_db
