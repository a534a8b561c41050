"""A claim is entered once, judged by its cover, reckoned within its caps, and passed on by others than its own."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import connection

from tests.factories import claims, members, rounds
from union_portal.accounts.enums import Role
from union_portal.base.errors import DomainError, Refused
from union_portal.base.steps import take
from welfare.claims.enums import ClaimState, Formula
from welfare.claims.models import Claim, ClaimPaperKind
from welfare.claims.services import deciding, entering
from welfare.claims.services.alerts import unclaimed, uncondoled
from welfare.mutual_aid.models import Cover
from welfare.workdays.enums import TermUnit

DAY = dt.date(2026, 3, 2)
LATER = DAY + dt.timedelta(days=30)


def test_a_claim_goes_from_the_draft_to_the_insurer_and_is_paid() -> None:
    rule = claims.rule()
    paper = ClaimPaperKind.objects.create(plan=rule.plan, name="出院记录")
    copied = ClaimPaperKind.objects.create(plan=rule.plan, name="身份证", original=False)
    claim, officer = claims.claim(rule), members.account_with_role(Role.WELFARE)
    assert (claim.state, claim.amount, claim.papers.count()) == (ClaimState.DRAFT, Decimal(360), 2)
    take(subject=claim, action="hand_in", actor=officer)
    deciding.confirm(subject=claim, actor=officer)
    with pytest.raises(Refused, match=r"出院记录（原件未核对、复印件未收）；身份证（复印件未收）"):
        deciding.forward(subject=claim, actor=officer, sent_on=LATER)
    mine = {one.kind_id: one.pk for one in claim.papers.all()}
    deciding.tick(claim=claim, originals=[mine[paper.pk]], copies=[mine[paper.pk], mine[copied.pk]])
    deciding.forward(subject=claim, actor=officer, sent_on=LATER)
    with pytest.raises(Refused, match="已报送"):
        deciding.tick(claim=claim, originals=[], copies=[])
    paid = deciding.pay(subject=claim, actor=officer, paid_on=LATER, paid_amount=Decimal(350))
    assert (paid.state, paid.paid_amount) == (ClaimState.PAID, Decimal(350))
    assert [move.action for move in claim.moves.all()] == ["begin", "hand_in", "confirm", "forward", "pay"]


def test_one_sent_back_keeps_what_was_told_and_begins_again() -> None:
    claim, officer = claims.claim(), members.account_with_role(Role.WELFARE)
    take(subject=claim, action="hand_in", actor=officer)
    claim.refresh_from_db()
    with pytest.raises(Refused, match="不能修改"):
        entering.amend(claim=claim)
    with pytest.raises(DomainError, match="退回或拒赔原因"):
        take(subject=claim, action="send_back", actor=officer, why="缺出院记录", return_code="")
    take(subject=claim, action="send_back", actor=officer, why="缺出院记录", return_code="paper_missing")
    claim.refresh_from_db()
    claim.ended_on = DAY + dt.timedelta(days=13)
    assert (entering.amend(claim=claim).amount, claim.applied_on) == (Decimal(400), DAY + dt.timedelta(days=13))
    assert take(subject=claim, action="hand_in", actor=officer).state == ClaimState.BRANCH


def test_nobody_decides_on_the_own_claim() -> None:
    person = members.member()
    claim, own = claims.claim(whose=person), members.account_with_role(Role.WELFARE, of=person)
    take(subject=claim, action="hand_in", actor=own)
    with pytest.raises(Refused, match="本人或亲属"):
        deciding.confirm(subject=claim, actor=own)


def test_without_a_cover_or_a_standard_there_is_no_claim() -> None:
    rule, person = claims.rule(claims.plan(), valid_to=dt.date(2026, 6, 30)), members.member()
    claims.cover(rule.plan, whose=person)
    with pytest.raises(DomainError, match="未参加"):
        claims.claim(rule, whose=person, occurred_on=dt.date(2025, 12, 31), applied_on=LATER)
    with pytest.raises(DomainError, match="没有理赔标准"):
        claims.claim(rule, whose=person, occurred_on=dt.date(2026, 7, 1), applied_on=dt.date(2026, 7, 20))
    assert not Claim.objects.exists()


def test_the_same_event_is_claimed_once_until_it_is_withdrawn() -> None:
    first = claims.claim()
    with pytest.raises(DomainError, match="已申请理赔"):
        claims.claim(first.rule, whose=first.person)
    take(subject=first, action="withdraw", actor=None, why="改期")
    assert claims.claim(first.rule, whose=first.person).pk != first.pk


def test_one_who_is_late_says_why() -> None:
    rule = claims.rule(papers_length=10, papers_unit=TermUnit.DAYS)
    with pytest.raises(DomainError, match="应于 2026-03-24 前申请"):
        claims.claim(rule, applied_on=dt.date(2026, 3, 25))
    assert claims.claim(rule, applied_on=dt.date(2026, 3, 25), late_reason="承保机构同意受理").pk
    assert claims.claim(rule, applied_on=dt.date(2026, 3, 24)).pk


def test_the_cap_of_a_term_counts_all_its_claims() -> None:
    rule = claims.rule(formula=Formula.RATIO, percent=Decimal(50), period_cap=Decimal(1000), counting="")
    first = claims.claim(rule, base=Decimal(1600))
    second = claims.claim(rule, whose=first.person, base=Decimal(1600), occurred_on=dt.date(2026, 5, 1))
    assert (first.amount, second.amount) == (Decimal(800), Decimal(200))
    assert [entering.place(claim=one) for one in (first, second)] == [1, 2]


def test_a_condoled_stay_without_a_claim_is_named_and_the_reverse() -> None:
    grant = rounds.case()
    rule = claims.rule()
    assert not unclaimed().exists()
    claims.cover(rule.plan, whose=grant.person, on=dt.date(2024, 1, 1))
    assert list(unclaimed()) == [grant]
    assert not unclaimed(since=dt.date(2024, 3, 2)).exists()
    same = claims.claim(rule, whose=grant.person, occurred_on=rounds.CASE_DAY)
    other = claims.claim(rule)
    assert not unclaimed().exists()
    assert list(uncondoled()) == [other]
    take(subject=same, action="withdraw", actor=None, why="重复")
    assert list(unclaimed()) == [grant]


@pytest.mark.django_db(transaction=True)
def test_ten_at_once_enter_one_claim() -> None:
    first = claims.claim()
    rule, person = first.rule, first.person
    take(subject=first, action="withdraw", actor=None, why="重来")

    def attempt(_number: int) -> bool:
        try:
            claims.claim(rule, whose=person)
        except DomainError:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        assert sum(pool.map(attempt, range(10))) == 1
    assert Claim.objects.living().count() == 1
    assert Cover.objects.count() == 1


pytestmark = pytest.mark.django_db
