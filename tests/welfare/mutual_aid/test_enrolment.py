"""A5: a list of 511 people is read, its five wrong rows are named at once, and the ratio is told exactly."""

import datetime as dt
import io
from decimal import Decimal
from typing import Any

import pytest

from members.memberships.models import Membership
from members.people.models import Person
from tests.factories import claims, members
from tests.members.register import hr_spreadsheet
from union_portal.base.errors import DomainError
from union_portal.base.spreadsheets.writing import write_xlsx
from welfare.mutual_aid.models import Cover, MutualAidPlan
from welfare.mutual_aid.services import covers, terms
from welfare.rosters.resources import IDENTITY, read_people

pytestmark = pytest.mark.django_db
STARTS, BORN = dt.date(2026, 7, 1), dt.date(1980, 1, 1)
LISTED, SERVING = 511, 560


def staff() -> list[Person]:
    """Make 560 members in service, each with an identity number."""
    people = Person.objects.bulk_create(
        Person(
            staff_number=f"E{place:04d}",
            name="".join("零一二三四五六七八九"[int(digit)] for digit in f"{place:03d}"),
            identity_number=hr_spreadsheet.identity_number(born=BORN + dt.timedelta(place), male=True, place=place),
        )
        for place in range(SERVING)
    )
    Membership.objects.bulk_create(Membership(person=one, valid_from=members.LONG_AGO) for one in people)
    return people


def listed(rows: list[tuple[Any, ...]]) -> list[tuple[str, ...]]:
    file = io.BytesIO(write_xlsx(headings=("工号", "姓名", "身份证号"), rows=rows))
    return read_people(file=file, beside=(IDENTITY,))


def test_five_wrong_rows_of_511_are_named_at_once_and_the_rest_reaches_the_ratio() -> None:
    people = staff()
    plan = claims.plan(least_ratio=Decimal(80), waiting_days=30, premium=Decimal(60))
    retired = people[300]
    Person.objects.filter(pk=retired.pk).update(retired_on=dt.date(2026, 1, 31))
    rows: list[tuple[Any, ...]] = [(one.staff_number, one.name, one.identity_number) for one in people[:LISTED]]
    wrong = list(rows)
    # Three numbers at fault: a digit changed, one of a colleague, one too short; one person twice.
    number = str(rows[10][2])
    wrong[10] = (*rows[10][:2], number[:-1] + ("0" if number[-1] != "0" else "1"))
    wrong[20] = (*rows[20][:2], rows[21][2])
    wrong[30] = (*rows[30][:2], "11010119")
    wrong[40] = rows[39]
    told: dict[str, Any] = {"starts_on": STARTS, "paid_on": STARTS, "source": "参保名单"}
    with pytest.raises(DomainError) as refused:
        covers.enrol(plan=plan, lines=listed(wrong), **told)
    words = str(refused.value)
    assert words.startswith("名单中有 5 条不能参保")
    for place, reason in ((11, "证件号码有误"), (21, "登记的不一致"), (31, "证件号码有误"), (41, "第 40 条重复")):
        assert f"第 {place} 条：" in words
        assert reason in words
    assert "第 301 条：已于 2026-01-31 退休" in words
    assert not any(str(row[2]) in words for row in rows), "a refusal repeats no identity number"
    assert not Cover.objects.exists()
    Person.objects.filter(pk=retired.pk).update(retired_on=None)
    assert covers.enrol(plan=plan, lines=listed(rows), **told) == LISTED
    found = terms.enrolment(plan=plan, on=STARTS)
    assert (found.covered, found.of, found.ratio, found.suffices) == (LISTED, SERVING, Decimal("91.25"), True)
    first = Cover.objects.select_related("plan").first()
    assert first is not None
    assert terms.holds_from(cover=first) == dt.date(2026, 7, 31)
    month_before = first.ends_on - dt.timedelta(days=plan.renew_days)
    assert terms.running_out(on=month_before).count() == LISTED
    assert not terms.running_out(on=month_before - dt.timedelta(days=1)).exists()


def test_a_plan_for_retirees_too_takes_and_counts_them() -> None:
    retired = members.member(retired_on=dt.date(2020, 1, 31))
    line = [(retired.staff_number or "", retired.name)]
    told: dict[str, Any] = {"starts_on": STARTS, "paid_on": STARTS, "source": "名单"}
    with pytest.raises(DomainError, match="只保在职职工"):
        covers.enrol(plan=claims.plan(), lines=line, **told)
    plan: MutualAidPlan = claims.plan(also_retired=True)
    assert covers.enrol(plan=plan, lines=line, **told) == 1
    assert terms.enrolment(plan=plan, on=STARTS).ratio == 100
