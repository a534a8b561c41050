"""A figure may be a list too, add up numbers, and be asked for one branch alone."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.db.models import Q

from tests.base.test_figure_kinds import LOANS, asked
from tests.factories.accounts import officer
from tests.sample.models import Loan, Notice, Shelf
from union_portal.accounts.enums import Role
from union_portal.base.figures.kind import Kind, Ratio
from union_portal.base.figures.source import source

pytestmark = pytest.mark.django_db


def test_a_figure_is_a_list_too_in_the_order_of_days_and_tells_its_largest_parts() -> None:
    for item, day in (
        ("毛巾", 3),
        ("帐篷", 2),
        ("绳子", 4),
        ("帐篷", 9),
        ("毛巾", 8),
        ("毛巾", 7),
        ("桶", 6),
        ("网", 1),
    ):
        Loan.objects.create(item=item, lent_on=dt.date(2024, 3, day))
    kind = Kind("sample.list", "借用", unit="次", records=LOANS, day="lent_on", once="item", title="item")
    parts = Kind("sample.sorts", "借用", unit="次", records=LOANS, day="lent_on", sort="item")
    listed, sorted_ = source("sample", [kind, parts]).count([asked("sample.list"), asked("sample.sorts")])
    assert [item.text for item in listed.items] == ["网", "帐篷", "毛巾", "绳子", "桶"]
    assert listed.items[1].on == dt.date(2024, 3, 2)
    assert len(listed.items) == listed.times
    assert [(item.text, item.times) for item in sorted_.largest] == [("毛巾", 3), ("帐篷", 2), ("桶", 1)]
    assert (sorted_.items, listed.largest) == ((), ())


def test_numbers_that_records_tell_are_added_up_and_unknown_is_not_zero() -> None:
    told: dict[str, Any] = {
        "records": Notice.objects.all(),
        "day": "posted_on",
        "unit": "人次",
        "columns": ("title", "readers"),
    }
    kinds: list[Kind | Ratio] = [
        Kind("sample.readers", "读者", adds="readers", **told),
        Kind("sample.readers_of_news", "新闻读者", adds="readers", where=Q(kind="news"), **told),
        Ratio("sample.news_share", "新闻占比", above=("sample.readers_of_news",), below=("sample.readers",), basis="÷"),
        Kind("sample.visits", "访问", **told),
    ]
    own = source("sample", kinds)
    requests = [asked(kind.key) for kind in kinds]
    assert [figure.times for figure in own.count(requests)] == [None, None, None, 0]
    for title, kind, readers in (("甲", "news", 30), ("乙", "call", 12), ("丙", "news", None)):
        Notice.objects.create(title=title, kind=kind, readers=readers, posted_on=dt.date(2024, 3, 1))
    everyone, news, share, visits = own.count(requests)
    assert (everyone.times, news.times, visits.times, everyone.amount) == (42, 30, 3, None)
    assert everyone.basis.endswith("其中1条未登记")
    assert (share.numerator, share.denominator) == (30, 42)
    rows = own.rows(requests[0], officer(Role.ACTIVITIES))
    assert (rows.headers, rows.adds) == (("标题", "阅读人数"), 1)
    assert sum(readers or 0 for _title, readers in rows.records) == everyone.times
    mixed = next(iter(own.count([asked("sample.readers", "sample.visits")])))
    assert (mixed.times, len(mixed.left_out)) == (42, 1)


def test_a_branch_s_report_counts_its_own_and_leaves_out_what_belongs_to_none() -> None:
    here, there = (Shelf.objects.create(name=name, code=name) for name in ("甲", "乙"))
    for number, shelf in enumerate((None, here, here, there), start=1):
        Loan.objects.create(item=f"{number}", lent_on=dt.date(2024, 3, number), shelf=shelf)
    told: dict[str, Any] = {"unit": "次", "records": LOANS, "day": "lent_on"}
    own = source(
        "sample",
        [
            Kind("sample.kept", "自有", owner="shelf", **told),
            Kind("sample.all", "全部", branch="shelf", **told),
            Kind("sample.fast", "全部（同类一并）", branch="shelf", **told, alike=("state",)),
            Kind("sample.neither", "不分", **told),
            Ratio("sample.share", "占比", above=("sample.kept",), below=("sample.all",), basis="÷"),
            Ratio("sample.share_of_neither", "占比", above=("sample.kept",), below=("sample.neither",), basis="÷"),
        ],
    )
    requests = [asked(kind.key) for kind in own.kinds()]
    school = list(own.count(requests))
    assert [figure.times for figure in school[:4]] == [1, 4, 4, 4]
    kept, everything, fast, neither, share, odd = own.count([replace(one, branch=(here.pk,)) for one in requests])
    assert (kept.times, everything.times, fast.times, share.denominator) == (2, 2, 2, 2)
    assert [(one.empty, one.basis) for one in (neither, odd)] == [(True, "不按分工会统计")] * 2
    user = officer(Role.ACTIVITIES)
    assert own.rows(replace(requests[0], branch=(here.pk,)), user).records.count() == 2
    assert [figure.times for figure in own.count([requests[1], replace(requests[1], branch=(there.pk,))])] == [4, 1]
