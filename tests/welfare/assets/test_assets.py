"""Assets and their yearly count: what is there is counted once a year, what does not match is explained."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from tests.factories import members
from tests.factories.accounts import signed_in
from union_portal.accounts.enums import Role
from union_portal.base import figures
from union_portal.base.errors import DomainError
from union_portal.base.figures import FigureRequest
from union_portal.base.periods import Period
from union_portal.base.steps import record, saved
from welfare.assets.enums import AssetKind, Found
from welfare.assets.models import Asset, AssetCount

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shared_rows")]


def asset(number: str, *, bought: dt.date = dt.date(2020, 5, 1), amount: str = "1200.50") -> Asset:
    told = Asset(number=number, name="会议音响", kind=AssetKind.OFFICE, acquired_on=bought, amount=Decimal(amount))
    return record(told, actor=None)


def counted(of: Asset, *, year: int = 2024, found: Found = Found.MATCHES, note: str = "") -> AssetCount:
    return record(AssetCount(asset=of, year=year, counted_on=dt.date(year, 12, 1), found=found, note=note), actor=None)


def disposed(of: Asset, on: dt.date, decision: str = "委员会纪要") -> Asset:
    of.disposed_on, of.decision = on, decision
    return saved(of)


def test_a_count_is_made_once_a_year_and_explained_where_it_does_not_match(one_data_set: Any) -> None:
    one = asset("ZC-1")
    counted(one)
    with pytest.raises(DomainError, match="已盘点"):
        counted(one)
    with pytest.raises(DomainError, match="请填写说明"):
        counted(one, year=2023, found=Found.MISSING)
    with pytest.raises(DomainError, match="早于取得日期"):
        counted(one, year=2019)
    with pytest.raises(DomainError, match="处置依据"):
        disposed(one, dt.date(2025, 3, 1), "")
    disposed(one, dt.date(2025, 3, 1))
    with pytest.raises(DomainError, match="已处置"):
        counted(one, year=2025)
    with pytest.raises(DomainError, match="早于取得日期"):
        disposed(asset("ZC-2"), dt.date(2019, 1, 1))


def test_assets_are_a_figure_of_a_day_and_the_count_a_share(one_data_set: Any) -> None:
    period = Period.year(2022)
    before = _told("welfare.assets", period)
    kept, gone, later = asset("ZC-3"), asset("ZC-4"), asset("ZC-5", bought=dt.date(2023, 1, 1))
    disposed(gone, dt.date(2022, 6, 1))
    counted(kept, year=2022)
    counted(asset("ZC-6"), year=2022, found=Found.DAMAGED, note="待修")
    now = _told("welfare.assets", period)
    assert (now.times - before.times, now.amount - (before.amount or 0)) == (2, Decimal("2401.00"))
    share = _told("welfare.asset_match", period)
    assert (share.numerator, share.denominator) == (1, 2)
    assert later.pk


def test_what_is_not_counted_this_year_is_a_filter(one_data_set: Any) -> None:
    one = asset("ZC-7")
    seen = signed_in(members.account_with_role(Role.FINANCE)).get("/admin/welfare/asset/?kept=open").content.decode()
    assert one.number in seen or one.name in seen


def _told(key: str, period: Period) -> Any:
    return figures.count([FigureRequest("x", (key,), period)])[0]
