"""A round from its roster to the close."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.branches.services import assignments
from members.kin import services as register
from members.memberships.services import steps as memberships
from members.people import services as people_services
from tests.factories import approvals, members
from tests.factories import rounds as welfare
from tests.factories.accounts import signed_in
from union_portal.base.errors import DomainError, Refused
from union_portal.base.steps import take
from welfare.approvals import services as papers
from welfare.benefits.models import BenefitRule
from welfare.grants.enums import SUBJECT, GrantState, RoundState
from welfare.grants.models import Grant, GrantMove, Round, RoundMove
from welfare.ledger.models import LedgerEntry, Posting
from welfare.rosters.services.selection import Selection
from welfare.rounds.services import approval, drafting, handing_out, payment, reconciling, roster
from welfare.rounds.services import people as rounds

PAID = dt.date(2024, 1, 25)


def test_locking_copies_people_branch_and_tier_of_the_cut_off_date() -> None:
    before, after = members.branch(), members.branch()
    person = members.member(branch=before, employment="contract")
    members.member(on=welfare.CUT_OFF + dt.timedelta(days=1))
    assignments.assign_branch(person=person, branch=after, on=welfare.CUT_OFF + dt.timedelta(days=5))

    made = roster.lock(subject=welfare.draft(selection=Selection(tier_by="employment")), actor=None)

    grant = made.grants.get()
    assert (grant.person, grant.branch, grant.tier, grant.state) == (person, before, "contract", GrantState.LISTED)
    assert made.state == RoundState.LOCKED


def test_the_register_may_change_after_locking_and_the_roster_stays() -> None:
    person = members.member()
    made = welfare.locked()
    memberships.leave(person=person, on=welfare.CUT_OFF - dt.timedelta(days=1))
    assert made.grants.get().person == person


def test_whoever_has_the_benefit_for_the_occasion_is_left_out_of_a_second_round() -> None:
    members.member()
    first = welfare.locked()
    newcomer = members.member()
    second = roster.lock(subject=welfare.draft(occasion=first.occasion), actor=None)
    assert [grant.person for grant in second.grants.all()] == [newcomer]
    assert "1" in second.moves.get(action="lock").reason


def test_a_person_added_by_two_officers_is_on_the_roster_once() -> None:
    members.member()
    made = welfare.locked()
    late = members.person()
    rounds.add(subject=made, person=late, actor=None, why="新调入")
    with pytest.raises(DomainError):
        rounds.add(subject=made, person=late, actor=None, why="新调入")
    assert made.grants.filter(person=late).count() == 1


def test_exclusions_need_a_reason_and_survive_unlocking() -> None:
    people = [members.member() for _ in range(3)]
    made = welfare.locked()
    grant = made.grants.get(person=people[0])
    with pytest.raises(DomainError):
        rounds.exclude(subject=grant, actor=None, why=" ")
    rounds.exclude(subject=grant, actor=None, why="停发工资")

    made = roster.unlock(subject=made, actor=None, why="名单有误")
    made = roster.lock(subject=made, actor=None)

    assert made.grants.filter(state=GrantState.LISTED).count() == 2
    assert made.grants.get(person=people[0]).reason == "停发工资"
    assert GrantMove.objects.filter(subject=grant, action="exclude").exists()


def test_an_uploaded_list_must_match_number_and_name() -> None:
    one, two = members.member(name="王芳"), members.member(name="李娜")
    made = welfare.draft(selection=None)
    with pytest.raises(DomainError):
        roster.lock_from_list(
            subject=made,
            lines=[(one.staff_number or "", "王芳"), (two.staff_number or "", "李那"), ("000", "张三")],
            source="人事处",
            actor=None,
        )
    made = roster.lock_from_list(subject=made, lines=[(one.staff_number or "", "王芳")], source="人事处", actor=None)
    assert made.grants.get().source == "人事处"


def test_a_round_without_a_price_does_not_go_to_approval() -> None:
    members.member()
    made = roster.lock(subject=welfare.draft(), actor=None)
    with pytest.raises(DomainError):
        approval.submit(subject=made, actor=welfare.officer())


def test_the_preparer_cannot_approve() -> None:
    members.member()
    officer = welfare.officer()
    made = approval.submit(subject=welfare.locked(actor=officer), actor=officer)
    with pytest.raises(Refused):
        approval.approve(subject=made, actor=officer)
    assert Round.objects.get(pk=made.pk).state == RoundState.SUBMITTED


def test_nobody_approves_a_small_round_for_himself_or_his_kin_but_a_whole_school_round_may() -> None:
    me = members.member()
    kin = members.member()
    register.add_kin(person=kin, related=me, relation="spouse")
    approver = people_services.link_account(person=me)
    officer = welfare.officer()
    small = approval.submit(subject=welfare.locked(actor=officer), actor=officer)
    rounds_grant = small.grants.get(person=me)
    with pytest.raises(Refused):
        approval.approve(subject=small, actor=approver)
    small = take(subject=small, action="return", actor=approver, why="名单请核对")
    rounds.exclude(subject=rounds_grant, actor=officer, why="本人审批")
    small = approval.submit(subject=small, actor=officer)
    with pytest.raises(Refused):
        approval.approve(subject=small, actor=approver)
    for _ in range(10):
        members.member()
    large = approval.submit(subject=welfare.locked(actor=officer), actor=officer)
    assert approval.approve(subject=large, actor=approver).state == RoundState.APPROVED


def test_approval_releases_the_roster_and_remembers_what_is_due() -> None:
    for _ in range(3):
        members.member()
    made = welfare.approved()
    assert (made.released_heads, made.released_amount) == (3, Decimal("1500.00"))
    assert set(made.grants.values_list("state", flat=True)) == {GrantState.DUE}
    actions = list(RoundMove.objects.filter(subject=made).values_list("action", flat=True))
    assert actions == ["begin", "lock", "set_price", "submit", "approve"]


def test_goods_are_collected_on_behalf_and_undone_with_a_reason() -> None:
    branch = members.branch()
    people = [members.member(branch=branch) for _ in range(3)]
    members.member()
    made = welfare.approved()
    assert handing_out.collect(subject=made, on=PAID, branch=branch, received_by=people[0], actor=None) == 3
    assert handing_out.collect(subject=made, on=PAID, branch=branch, actor=None) == 0
    grant = made.grants.get(person=people[1])
    assert grant.received_by == people[0]
    handing_out.undo_collect(subject=grant, actor=None, why="误标")
    grant.refresh_from_db()
    assert (grant.state, grant.received_on) == (GrantState.DUE, None)


def _paid_cash(people: int) -> Round:
    for _ in range(people):
        members.member()
    BenefitRule.objects.filter(benefit__code="special_group", example=False).update(cap=None)
    made = welfare.approved(code="special_group", price="800")
    payment.post_roster(subject=made, on=PAID, actor=welfare.treasurer())
    return made


def test_a_cash_round_is_posted_once_however_often_the_button_is_pressed() -> None:
    made = _paid_cash(3)
    again = payment.post_roster(subject=made, on=PAID, actor=welfare.treasurer())
    assert Posting.objects.get() == again
    assert again.total == Decimal(2400)
    assert set(made.grants.values_list("state", flat=True)) == {GrantState.RECEIVED}
    assert reconciling.close(subject=made, actor=None).state == RoundState.CLOSED


def test_a_returned_payment_reverses_its_entry_and_is_paid_again() -> None:
    made = _paid_cash(3)
    grant = made.grants.order_by("pk").first()
    assert grant is not None
    for _ in range(2):
        payment.return_payment(subject=grant, on=PAID, why="账号有误", actor=welfare.treasurer())
        for to_show in (False, True):
            assert reconciling.reconcile(round_=made, to_show=to_show).posted == Decimal(1600)
        assert [line.grant_id for line in payment.payout_list(round_=made)] == [grant.pk]
        payment.pay_again(subject=grant, on=PAID, actor=welfare.treasurer())
        with pytest.raises(Refused):
            payment.pay_again(subject=grant, on=PAID, actor=welfare.treasurer())
    sums = reconciling.reconcile(round_=made)
    assert sums.balances
    assert sums == reconciling.reconcile(round_=made, to_show=True)
    assert sums.posted == Decimal(2400)
    assert LedgerEntry.objects.paying(SUBJECT, [grant.pk]).count() == 5


def test_after_a_single_returned_payment_the_roster_is_not_posted_again() -> None:
    made = _paid_cash(1)
    grant = made.grants.get()
    payment.return_payment(subject=grant, on=PAID, why="账号有误", actor=welfare.treasurer())
    page = signed_in(welfare.treasurer()).get(reverse("admin:welfare_round_change", args=[made.pk])).content.decode()
    assert reverse("admin:welfare_round_step_post", args=[made.pk]) not in page
    with pytest.raises(Refused, match="逐人重新发放"):
        payment.post_roster(subject=made, on=PAID, actor=welfare.treasurer())
    payment.pay_again(subject=grant, on=PAID, actor=welfare.treasurer())
    assert not payment.left_to_post(round_=made)
    assert reconciling.close(subject=made, actor=None).state == RoundState.CLOSED


def test_a_closed_round_of_an_earlier_version_gets_its_paper_and_then_takes_returned_payments() -> None:
    made = _paid_cash(2)
    reconciling.close(subject=made, actor=None)
    Round.objects.filter(pk=made.pk).update(approved_by=None, approved_at=None, offline_approval="主席办公会纪要")
    made.refresh_from_db()
    grant = made.grants.order_by("pk")[0]
    told: dict[str, Any] = {"on": PAID, "why": "账号有误", "actor": welfare.treasurer()}
    with pytest.raises(Refused, match="请先在批次页面登记线下审批"):
        payment.return_payment(subject=grant, **told)
    made = approval.record_paper_approval(subject=made, actor=welfare.officer(), **approvals.told())
    with pytest.raises(Refused, match="尚未由另一人确认"):
        payment.return_payment(subject=grant, **told)
    assert made.paper_approval is not None
    papers.confirm(subject=made.paper_approval, actor=welfare.chair())
    assert payment.return_payment(subject=grant, **told).state == GrantState.RETURNED
    payment.pay_again(subject=grant, on=PAID, actor=welfare.treasurer())
    assert reconciling.reconcile(round_=made).posted == Decimal(1600)


def test_what_was_approved_on_paper_is_recorded_as_such() -> None:
    members.member()
    officer = welfare.officer()
    made = approval.record_paper_approval(subject=welfare.locked(), actor=officer, **approvals.told())
    paper = made.paper_approval
    assert paper is not None
    assert (made.state, made.prepared_by) == (RoundState.SUBMITTED, officer)
    with pytest.raises(Refused):
        approval.approve(subject=made, actor=welfare.chair())
    with pytest.raises(Refused):
        papers.confirm(subject=paper, actor=officer)

    members.member()
    papers.confirm(subject=paper, actor=welfare.chair())

    made.refresh_from_db()
    assert (made.state, made.approved_by) == (RoundState.APPROVED, None)
    assert made.offline_approval == "主席 2024-01-08 线下审批，工字〔2024〕3号"
    assert made.grants.get().state == GrantState.DUE


def test_a_cancelled_round_frees_its_people() -> None:
    members.member()
    made = welfare.locked()
    drafting.cancel(subject=made, actor=None, why="改期")
    again = roster.lock(subject=welfare.draft(occasion=made.occasion), actor=None)
    assert again.grants.filter(state=GrantState.LISTED).count() == 1


def test_locking_takes_as_many_queries_for_many_as_for_few() -> None:
    def queries() -> int:
        made = welfare.draft()
        with CaptureQueriesContext(
            connection,
        ) as seen:
            roster.lock(subject=made, actor=None)
        return len(seen)

    members.member()
    few = queries()
    for _ in range(20):
        members.member()
    assert queries() == few
    assert Grant.objects.count() == 22


pytestmark = pytest.mark.django_db
