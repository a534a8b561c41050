"""What a rule objects to in a round: once per clause, answered with a reason, a document and a second person."""

import datetime as dt
from decimal import Decimal

import pytest

from tests.factories import members
from tests.factories import rounds as welfare
from union_portal.base.errors import Refused
from welfare.benefits.models import BenefitRule
from welfare.grants.enums import RoundState
from welfare.grants.services.warnings import answer, confirm
from welfare.rounds.services import approval

PAID = dt.date(2024, 1, 25)


def test_cash_where_goods_are_due_and_over_the_cap_need_reason_document_and_a_second_person() -> None:
    for _ in range(2):
        members.member()
    BenefitRule.objects.filter(benefit__code="festival_money", example=False).update(cap=Decimal(300))
    officer, chair = welfare.officer(), welfare.chair()
    made = welfare.locked(code="festival_money", price="500", actor=officer)
    with pytest.raises(approval.WarningsWaiting):
        approval.submit(subject=made, actor=officer)
    codes = set(made.warnings.values_list("code", flat=True))
    assert codes == {"over_cap", "cash_for_goods"}
    over = made.warnings.get(code="over_cap")
    assert over.heads == 2
    assert "500.00" in over.detail
    for warning in made.warnings.all():
        answer(warning=warning, reason="校长办公会决定", document="校办〔2024〕3号", actor=officer)
        with pytest.raises(Refused):
            confirm(warning=warning, actor=officer)
    made = approval.submit(subject=made, actor=officer)
    with pytest.raises(Refused):
        approval.approve(subject=made, actor=chair)
    for warning in made.warnings.all():
        confirm(warning=warning, actor=chair)
    assert approval.approve(subject=made, actor=chair).state == RoundState.APPROVED
    assert not made.grants.filter(rule=None).exists()


def test_example_rules_judge_nothing() -> None:
    members.member()
    made = welfare.locked(price="5000")
    assert approval.judge(round_=made) == 0


def test_many_people_each_within_the_cap_raise_no_warning() -> None:
    for _number in range(3):
        members.member()
    BenefitRule.objects.filter(benefit__code="spring", example=False).update(cap=Decimal(500))
    made = welfare.locked(code="spring", price="500")
    assert approval.submit(subject=made, actor=made.prepared_by).state == RoundState.SUBMITTED


def test_a_warning_counts_the_people_over_the_cap_and_names_the_highest_total() -> None:
    for _number in range(3):
        members.member()
    BenefitRule.objects.filter(benefit__code="spring", example=False).update(cap=Decimal(400))
    made = welfare.locked(code="spring", price="500")
    approval.judge(round_=made)
    warning = made.warnings.get()
    assert (warning.heads, "500.00" in warning.detail, "1,500.00" in warning.detail) == (3, True, False)


pytestmark = pytest.mark.django_db
