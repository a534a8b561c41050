"""Members' dues (W12): reckoned by the dated rule, owed from the month after joining, stopped by a kept membership."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from members.dues.models import DuesLine, DuesRule
from members.dues.resources import DuesList
from members.memberships.services import steps as memberships
from members.people.models import Person
from tests.factories import members
from tests.members.register.hr_spreadsheet import workbook
from union_portal.accounts.enums import Role
from union_portal.base.errors import DomainError
from union_portal.base.importing.preview import ImportPreview, Status
from union_portal.base.steps import record, saved

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shared_rows")]
D = Decimal
HEADINGS = ("工号", "姓名", "月份", "基本工资", "扣缴金额")


@pytest.fixture(scope="module")
def joined(one_data_set: Any) -> Person:
    """Return who joined in March."""
    return members.member(on=dt.date(2024, 3, 15), branch=members.branch())


def read(*rows: tuple[Any, ...], save: bool = False) -> ImportPreview:
    asked, file = DuesList(actor=members.account_with_role(Role.FINANCE)), [list(row) for row in rows]
    return (asked.confirm if save else asked.preview)(workbook(file, headings=HEADINGS))


W12 = [("6789", "33.90"), ("10000", "50.00"), ("4321.5", "21.60"), ("9.99", "0.00")]


@pytest.mark.parametrize(("wage", "due"), W12)
def test_the_part_below_ten_yuan_is_dropped(one_data_set: Any, wage: str, due: str) -> None:
    assert DuesRule.objects.of(dt.date(2024, 4, 1)).due_of(D(wage)) == D(due)


def test_who_joined_in_march_owes_from_april_and_nine_months_of_the_year(joined: Person) -> None:
    months = [f"2024-{month:02d}" for month in range(1, 13)]
    told = read(*((joined.staff_number, joined.name, month, "6789", "") for month in months), save=True)
    lines = DuesLine.objects.filter(person=joined)
    assert (told.new, lines.filter(due__gt=0).count()) == (12, 9)
    assert sum(line.due for line in lines) == D("305.10")
    assert [line.month.month for line in lines.filter(due=0).order_by("month")] == [1, 2, 3]
    # The wage is nowhere: neither in a column nor in what is kept of earlier rows.
    assert not any("wage" in field.name for field in DuesLine._meta.get_fields())
    read(*((joined.staff_number, joined.name, month, "6789", "33.90") for month in months[3:9]), save=True)
    assert list(lines.arrears()) == [{"person": joined.pk, "months": 3, "left": D("101.70")}]
    assert read((joined.staff_number, joined.name, "2024年4月", "6789", "33.90")).unchanged == 1


def test_a_kept_membership_stops_dues_and_leaves_the_arrears_before(one_data_set: Any) -> None:
    kept = members.member(on=dt.date(2015, 9, 1), branch=members.branch())
    rows = [(kept.staff_number, kept.name, f"2023-{month:02d}", "10000", "") for month in range(7, 9)]
    read(*rows, save=True)
    memberships.retire(person=kept, on=dt.date(2023, 8, 31), retain=True)
    after = read(*((kept.staff_number, kept.name, f"2023-{month:02d}", "10000", "") for month in range(9, 12)))
    assert {row.status for row in after.rows} == {Status.NEW}
    assert all("保留会籍" in str(row.warnings) for row in after.rows)
    assert list(DuesLine.objects.filter(person=kept).arrears()) == [
        {"person": kept.pk, "months": 2, "left": D("100.00")}
    ]
    with pytest.raises(DomainError, match="该月不缴会费"):
        record(DuesLine(person=kept, month=dt.date(2023, 10, 1), due=D(1)), actor=None)


def test_a_list_that_is_wrong_says_where(joined: Person) -> None:
    told = [
        ((joined.staff_number, "别人", "2024-05", "6789", ""), "名册中这个工号是"),
        ((joined.staff_number, joined.name, "1999-05", "6789", ""), "还没有会费标准"),
        (("没有", joined.name, "2024-05", "6789", ""), "没有登记过"),
    ]
    for row, words in told:
        assert words in str(read(row).rows[0].faults)
    outsider = members.person()
    assert read((outsider.staff_number, outsider.name, "2024-05", "", "5")).rows[0].status is Status.FAULTY


def test_a_later_rule_holds_from_its_day(one_data_set: Any) -> None:
    saved(DuesRule(valid_from=dt.date(2025, 7, 1), share=D("1.00"), step=1, next_month=False))
    assert DuesRule.objects.of(dt.date(2025, 6, 1)).due_of(D(6789)) == D("33.90")
    assert DuesRule.objects.of(dt.date(2025, 7, 1)).due_of(D(6789)) == D("67.89")
    new = members.member(on=dt.date(2025, 7, 20), branch=members.branch())
    assert read((new.staff_number, new.name, "2025-07", "6789", "")).rows[0].warnings == []
