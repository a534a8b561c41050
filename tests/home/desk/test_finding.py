"""The one search of the desk: what it finds, in which order, and for whom."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from congress.proposals.enums import ProposalState
from tests.factories import members, proposals
from tests.factories import rounds as welfare
from union_portal.accounts.enums import Role
from union_portal.accounts.models import User
from union_portal.base.portal import FOUND_OF_A_KIND
from welfare.ledger.models import Posting
from welfare.purchases import services as purchases
from welfare.rounds.services import handing_out

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_factor")]
DAY = dt.date(2024, 1, 25)


def found(user: User, typed: str) -> dict[str, list[str]]:
    """Return the titles that the search shows, by kind."""
    client = Client()
    client.force_login(user)
    answer = client.get(reverse("admin:search"), {"s": typed, "extended": "1"})
    assert answer.status_code == 200
    return {kind: [one.title for one in rows] for kind, rows in answer.context["found"]}


def test_people_are_found_by_name_number_and_pinyin_whole_initials_first() -> None:
    for name in ("程志婉", "赵文辉", "张伟"):
        members.member(name=name)
    somebody = members.member(name="李明", staff_number="20260077")
    officer = members.account_with_role(Role.ORGANISATION)
    assert found(officer, "zw")["人员"] == ["张伟", "赵文辉", "程志婉"]
    assert found(officer, "zhangwei")["人员"] == ["张伟"]
    assert found(officer, "张伟")["人员"] == ["张伟"]
    assert found(officer, "20260077")["人员"] == [somebody.name]
    assert found(officer, "没有的人") == {}


def test_each_finds_only_what_may_be_seen_and_no_more_than_a_screen() -> None:
    own, other = members.branch(name="甲学院分工会"), members.branch(name="乙学院分工会")
    for number in range(FOUND_OF_A_KIND + 2):
        members.member(name="王芳", staff_number=f"2026{number:04}", branch=own)
    members.member(name="王芳芳", branch=other)
    chair = members.account_with_role(Role.BRANCH_CHAIR, branches=(own,))
    assert found(chair, "王芳")["人员"] == ["王芳"] * FOUND_OF_A_KIND
    assert "人员" not in found(chair, "王芳芳")
    assert found(chair, "学院分工会")["分工会"] == ["甲学院分工会"]
    administrator = members.account_with_role(Role.ADMINISTRATOR)
    assert found(administrator, "王芳") == {}
    assert found(administrator, "访问日志") == {"页面": ["访问日志"]}


def test_rounds_postings_and_proposals_are_found_as_people_name_them() -> None:
    members.member()
    made = welfare.approved()
    handing_out.collect(subject=made, on=DAY, actor=None)
    told: dict[str, Any] = {"supplier": "某某超市", "invoice_number": "57001-9", "invoiced_on": DAY, "posted_on": DAY}
    purchases.buy(subject=made, quantity=30, amount=Decimal(14_700), actor=welfare.treasurer(), **told)
    posting = Posting.objects.get()
    finance = members.account_with_role(Role.FINANCE)
    for typed in (f"{posting.year}-{posting.number:05}", "57001-9", "某某超市"):
        assert found(finance, typed)["台账单"] == [str(posting)]
    assert found(finance, made.occasion.name)["发放批次"] == [str(made)]
    proposals.proposal(state=ProposalState.SUBMITTED, title="改善食堂就餐环境")
    assert "食堂" in found(members.account_with_role(Role.CONGRESS), "食堂 改善")["提案"][0]
    women = members.account_with_role(Role.ACTIVITIES)
    assert not {"台账单", "提案"} & found(women, "某某超市").keys()


def test_the_search_is_a_page_of_its_own_without_scripts_and_asks_anew_each_time(client: Client) -> None:
    client.force_login(members.account_with_role(Role.ORGANISATION))
    assert "没有找到“孙悟空”" in client.get("/admin/search/?s=孙悟空").content.decode()
    members.member(name="孙悟空")
    shown = client.get("/admin/search/?s=孙悟空").content.decode()
    assert 'data-title="孙悟空"' in shown
    assert '<h1 class="up-trail__here" title="搜索">' in shown
    assert client.get("/admin/search/").status_code == 200
