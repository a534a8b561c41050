"""What a rule objects to in a round: once per clause, answered with a reason, a document and a second person."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from tests.factories import ledger as books
from tests.factories import members
from tests.factories import rounds as welfare
from tests.factories.accounts import signed_in
from union_portal.base.errors import Refused
from welfare.benefits.models import BenefitRule
from welfare.books.models import LedgerAccount
from welfare.grants.enums import RoundState, WarningCode
from welfare.grants.services.objecting import Objection
from welfare.grants.services.paying import year_for
from welfare.grants.services.verdicts import judge
from welfare.grants.services.warnings import answer, confirm, raise_warnings
from welfare.ledger.enums import PostingKind
from welfare.ledger.services import posting as ledger
from welfare.rounds.services import approval
from welfare.rounds.services.judging import rooms
from welfare.rounds.services.people import exclude, set_price
from welfare.rounds.services.roster import lock

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
    assert approval.approve(subject=made, actor=chair, warnings_seen=True).state == RoundState.APPROVED
    assert set(made.warnings.values_list("confirmed_by", flat=True)) == {chair.pk}
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


def test_every_objection_of_one_rule_is_a_warning_of_its_own() -> None:
    person = members.member()
    rules = BenefitRule.objects.filter(benefit__code="festival_money", example=False)
    rules.update(cap=Decimal(600), cap_basis="per_year", times=1)
    before = welfare.locked(code="festival_money", price="400", occasion=welfare.occasion(day=dt.date(2024, 1, 1)))
    approval.judge(round_=before)
    assert set(before.warnings.values_list("code", flat=True)) == {"cash_for_goods"}
    made = welfare.locked(code="festival_money", price="400")
    assert approval.judge(round_=made) == 3
    assert set(made.warnings.values_list("code", flat=True)) == {"cash_for_goods", "over_cap", "too_often"}
    assert set(made.warnings.values_list("rule", flat=True)) == {rules.get().pk}
    told = judge(grant=made.grants.get(person=person))
    assert {item.code for item in told.objections} == {"cash_for_goods", "over_cap", "too_often"}


def test_two_objections_under_one_code_are_a_fault_not_a_loss() -> None:
    members.member()
    made = welfare.locked()
    twice = [Objection(WarningCode.OVER_CAP, words) for words in ("一", "二")]
    with pytest.raises(ValueError, match="share a code"):
        raise_warnings(objections=twice, round_=made)


def test_a_cap_over_the_category_binds_an_item_whose_own_rule_has_none() -> None:
    used_up, fresh = members.member(), members.member()
    BenefitRule.objects.filter(benefit__code="spring", example=False).update(
        cap=Decimal(1500), cap_basis="per_category_year"
    )
    goods = welfare.locked(price="1500")
    exclude(subject=goods.grants.get(person=fresh), actor=goods.prepared_by, why="已调离")
    made = welfare.locked(code="festival_money", price="200")
    approval.judge(round_=made)
    over = made.warnings.get(code="over_cap")
    assert over.rule is not None
    assert over.rule.benefit is not None
    assert (over.heads, over.rule.benefit.code) == (1, "spring")
    assert "上限 1,500.00 元（见“春节慰问品”标准），最高 1,700.00 元" in over.detail
    told = judge(grant=made.grants.get(person=used_up))
    assert (told.used, told.left) == (Decimal(1500), Decimal(0))
    assert "over_cap" in {item.code for item in told.objections}


def test_the_strictest_cap_over_the_category_is_the_one_that_is_named() -> None:
    members.member()
    for code, cap in (("spring", 1500), ("mid_autumn", 300)):
        rules = BenefitRule.objects.filter(benefit__code=code, example=False)
        rules.update(cap=Decimal(cap), cap_basis="per_category_year")
    made = welfare.locked(price="500")
    approval.judge(round_=made)
    over = made.warnings.get()
    assert over.rule is not None
    assert over.rule.benefit is not None
    assert (over.rule.benefit.code, over.rule.cap) == ("mid_autumn", Decimal(300))


def test_a_benefit_without_a_rule_is_held_to_the_cap_of_its_category_too() -> None:
    members.member()
    BenefitRule.objects.filter(benefit__code="mid_autumn", example=False).update(
        cap=Decimal(300), cap_basis="per_category_year"
    )
    BenefitRule.objects.filter(benefit__code="spring", example=False).update(valid_to=dt.date(2020, 1, 1))
    made = welfare.locked(price="500")
    approval.judge(round_=made)
    assert set(made.warnings.values_list("code", flat=True)) == {"no_rule", "over_cap"}


def test_a_share_of_the_income_binds_every_item_of_the_category_by_round_and_by_case() -> None:
    person = members.member()
    BenefitRule.objects.filter(benefit__code="mid_autumn", example=False).update(
        cap=Decimal(10), cap_basis="income_share"
    )
    income = LedgerAccount.objects.filter(kind="income").latest("pk")
    year_for(welfare.fund().book, dt.date(2024, 1, 2))
    ledger.post(
        book=welfare.fund().book,
        posted_on=dt.date(2024, 1, 2),
        kind=PostingKind.INCOME,
        summary="拨缴经费",
        entries=[ledger.EntryLine(income, welfare.fund(), Decimal(1000), dt.date(2024, 1, 2))],
        approval=books.approval(),
        source_key="income:1",
    )
    made = welfare.locked(price="500")
    approval.judge(round_=made)
    assert set(made.warnings.values_list("code", flat=True)) == {"over_share"}
    told = judge(grant=made.grants.get(person=person))
    assert "占工会经费收入 50.0%" in told.objections[0].detail


def test_a_corrected_price_clears_what_only_the_wrong_one_called_for() -> None:
    members.member()
    rules = BenefitRule.objects.filter(benefit__code="spring", example=False)
    rules.update(cap=Decimal(1500), cap_basis="per_category_year", standard=Decimal(500))
    made = welfare.locked(price="1600")
    assert made.warnings.get().code == "over_cap"
    set_price(subject=made, unit_price=Decimal(500), handed_out_on=PAID, actor=made.prepared_by)
    assert not made.warnings.exists()
    set_price(subject=made, unit_price=Decimal(1600), handed_out_on=PAID, actor=made.prepared_by)
    exclude(subject=made.grants.get(), actor=made.prepared_by, why="已调离")
    assert not made.warnings.exists()


def test_the_price_page_shows_standard_cap_and_use_and_tries_a_price() -> None:
    officer = welfare.officer()
    early, _late = members.member(), members.member()
    rules = BenefitRule.objects.filter(benefit__code="spring", example=False)
    rules.update(cap=Decimal(1500), cap_basis="per_category_year", standard=Decimal(500))
    before = welfare.locked(price="1300", code="mid_autumn")
    exclude(subject=before.grants.exclude(person=early).get(), actor=officer, why="尚未入会")
    made = lock(subject=welfare.draft(actor=officer), actor=officer)
    address, desk = reverse("admin:welfare_round_step_set_price", args=[made.pk]), signed_in(officer)
    page = desk.get(address)
    assert page.context["form"]["unit_price"].initial == Decimal(500)
    for words in (
        "标准：500.00 元",
        "上限 1,500.00 元",
        "此前最高已享受 1,300.00 元",
        "每人不超过 200.00 元则无人超出",
    ):
        assert words in page.content.decode(), words
    assert "按每人 500.00 元，1 人超出" in page.content.decode()
    assert "按每人 200.00 元，0 人超出" in desk.get(address, {"try": "200"}).content.decode()
    assert "按每人 1,600.00 元，2 人超出" in desk.get(address, {"try": "1600"}).content.decode()
    assert desk.get(address, {"try": "许多", "on": "某日"}).status_code == 200
    # Another day is measured by its own year before it is saved: what came this year does not count then.
    later = desk.get(address, {"try": "1600", "on": f"{welfare.HANDED_OUT.year + 1}-01-20"})
    told = later.context["confirmation"]
    assert f"{welfare.HANDED_OUT.year + 1} 年内已享受的金额核算" in told
    assert (
        f"{welfare.HANDED_OUT.year} 年内已享受的金额核算" in desk.get(address, {"try": "1600"}).context["confirmation"]
    )
    assert later.context["form"]["handed_out_on"].value().year == welfare.HANDED_OUT.year + 1
    made.refresh_from_db()
    assert made.handed_out_on is None
    done = desk.post(address, {"unit_price": "1600", "handed_out_on": "2024-01-20"}, follow=True).content.decode()
    assert "2 人超出每人每年（同类合计）上限" in done
    desk.post(address, {"unit_price": "200", "handed_out_on": "2024-01-20"})
    approval.submit(subject=made, actor=officer)
    seen = signed_in(welfare.chair()).get(reverse("admin:welfare_round_change", args=[made.pk])).content.decode()
    assert "标准：500.00 元" in seen
    for words in ("1,300.00", "按本次金额超出", "合计大写：肆佰元整"):
        assert words in seen, words
    asked = signed_in(welfare.chair()).get(reverse("admin:welfare_round_step_approve", args=[made.pk]))
    assert "按目前金额，0 人超出" in asked.content.decode()


def test_the_tiers_of_a_roster_are_tried_at_their_own_prices() -> None:
    for _number in range(2):
        members.member()
    BenefitRule.objects.filter(benefit__code="spring", example=False).update(cap=Decimal(500))
    made = welfare.locked(price="400")
    first = made.grants.order_by("pk").first()
    assert first is not None
    made.grants.filter(pk=first.pk).update(tier="high")
    [room] = rooms(round_=made, price=Decimal(400), tiers={"high": Decimal(600)})
    assert (room.over, room.most, room.left) == (1, Decimal(0), Decimal(500))


pytestmark = pytest.mark.django_db
