"""A notice: what is refused, and a last day that no calendar is announced for yet."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from tests.factories import members
from union_portal.accounts.enums import Role
from union_portal.base.errors import DomainError
from welfare.disclosure import services
from welfare.disclosure.models import Disclosure, Objection
from welfare.disclosure.portal import desk_items
from welfare.disclosure.renderers import layout
from welfare.workdays.models import Workday

pytestmark = pytest.mark.django_db


def published(**told: Any) -> Disclosure:
    given = {"title": "公示", "lines": ["张*：一等"], "starts_on": timezone.localdate(), "actor": None}
    return services.publish(**{**given, **told})


@pytest.mark.parametrize(("name", "shown"), [("张三", "张*"), ("欧阳某某", "欧***"), ("甲", "甲")])
def test_a_name_is_masked(name: str, shown: str) -> None:
    assert services.masked(name) == shown


@pytest.mark.parametrize(
    "told", [{"lines": [" "]}, {"workdays": 0}, {"starts_on": dt.date(2999, 1, 1)}], ids=["empty", "no day", "to come"]
)
def test_a_notice_says_something_from_today_on(told: dict[str, Any]) -> None:
    with pytest.raises(DomainError):
        published(**told)
    assert not Disclosure.objects.exists()


def test_a_term_into_a_year_not_announced_is_about_and_settles_when_it_is() -> None:
    with time_machine.travel("2035-12-27T09:00:00+08:00", tick=False):
        made = published()
    assert not made.certain
    # Thursday 27 December 2035 and the days after; 1 January turns out to be free.
    Workday.objects.create(name="元旦", day=dt.date(2036, 1, 1))
    Workday.objects.create(name="国庆节", day=dt.date(2035, 10, 1))
    term = services.term_of(made)
    assert (term.certain, term.day - made.ends_on) == (True, dt.timedelta(days=1))


def test_an_objection_is_raised_within_the_term() -> None:
    made = published(starts_on=timezone.localdate())
    early = Objection(disclosure=made, raised_on=timezone.localdate() - dt.timedelta(days=1), text="…")
    with pytest.raises(DomainError, match="不在公示期内"):
        services.object_to(objection=early, actor=None)


def test_the_paper_says_until_when_and_how_to_object() -> None:
    made = published(starts_on=dt.date(2025, 9, 26), lines=["张*：一等", "李*：二等"], place="校园公告栏")
    told = layout(disclosure=made, union="示例大学工会")
    assert [one["text"] for one in told["chapters"][0]["blocks"]] == [
        "1．张*：一等",
        "2．李*：二等",
        "公示地点：校园公告栏。",
    ]
    assert told["closing"][0] == "公示时间：2025年9月26日至2025年10月10日（5个工作日）。"


def test_the_officer_is_told_what_to_end_and_to_answer() -> None:
    officer, finance = members.account_with_role(Role.WELFARE), members.account_with_role(Role.FINANCE)
    published(starts_on=timezone.localdate() - dt.timedelta(days=40))
    assert [(one.title, one.count) for one in desk_items(officer)] == [("公示期满待结束", 1)]
    running = published()
    objection = Objection(disclosure=running, raised_on=timezone.localdate(), text="名次有误")
    services.object_to(objection=objection, actor=officer)
    assert [one.title for one in desk_items(officer)] == ["公示期满待结束", "待答复的公示异议"]
    assert list(desk_items(finance)) == []
