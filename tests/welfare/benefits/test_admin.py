"""The standards on the desk: the school's own first, examples when asked for."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.contrib import admin
from django.urls import reverse

from tests.factories import rounds as welfare
from tests.factories.accounts import signed_in
from union_portal.base.admin.drawer import DRAWER
from welfare.benefits.models import BenefitRule

LIST = reverse("admin:welfare_benefitrule_changelist")


def test_the_list_shows_what_is_in_force_and_examples_or_earlier_standards_to_who_asks() -> None:
    desk = signed_in(welfare.officer())
    shown = {}
    for asked in ("", "example", "all"):
        listed = desk.get(LIST, {"of": asked} if asked else {}).context["cl"].queryset
        shown[asked] = set(listed.values_list("example", flat=True))
    assert shown == {"": {False}, "example": {True}, "all": {True, False}}
    page = desk.get(LIST, {DRAWER: "1"}).content.decode()
    assert "现行标准" in page
    ended = BenefitRule.objects.filter(example=False).earliest("pk")
    BenefitRule.objects.filter(pk=ended.pk).update(valid_from=dt.date(2001, 1, 1), valid_to=dt.date(2002, 1, 1))
    listed = {asked: desk.get(LIST, {"of": asked} if asked else {}).context["cl"].queryset for asked in ("", "own")}
    assert {asked: rows.filter(pk=ended.pk).exists() for asked, rows in listed.items()} == {"": False, "own": True}


def test_the_page_of_a_benefit_says_which_rule_is_in_force_today() -> None:
    benefit = welfare.benefit("spring")
    BenefitRule.objects.filter(benefit=benefit, example=False).update(
        standard=Decimal(500), cap=Decimal(1500), cap_basis="per_category_year", source="本校办法第六条"
    )
    old = BenefitRule(benefit=benefit, variant="旧", form="goods", source="旧办法", valid_from=dt.date(2001, 1, 1))
    old.valid_to = dt.date(2002, 1, 1)
    old.save()
    page = signed_in(welfare.officer()).get(reverse("admin:welfare_benefit_change", args=[benefit.pk]))
    assert [rule.source for rule in page.context["rules_in_force"]] == ["本校办法第六条"]
    told = page.content.decode()
    assert "今日适用的标准" in told
    assert "1,500.00（每人每年（同类合计））" in told
    assert "?of=example" in told


def test_a_cap_is_written_as_the_standard_beside_it_and_where_there_is_none_nothing_is() -> None:
    rule = BenefitRule.objects.filter(benefit=welfare.benefit("spring"), example=False).get()
    own: Any = admin.site.get_model_admin(BenefitRule)
    rule.cap, rule.cap_basis = None, "per_event"
    assert (own.cap_shown(rule), own.basis_shown(rule)) == ("", "")
    rule.cap = Decimal(1500)
    assert (own.cap_shown(rule), own.basis_shown(rule)) == ("1,500.00", "每次")
    rule.cap, rule.cap_basis = Decimal(10), "income_share"
    assert own.cap_shown(rule) == "10%"


def standard_from(day: dt.date, **more: Any) -> dict[str, Any]:
    own = {"benefit": welfare.benefit("wedding").pk, "form": "goods", "standard": "800", "cap_basis": "per_event"}
    usual = {"level": "school", "per_years": "1", "couples": "each", "date_basis": "given", "claim_unit": "days"}
    usual |= {"severity": "reason", "inclusive": "on", "source": "工会委员会纪要第9号", "valid_from": f"{day}"}
    return {**own, **usual, **more}


def test_a_new_standard_ends_the_one_in_force_the_day_before() -> None:
    desk, add = signed_in(welfare.officer()), reverse("admin:welfare_benefitrule_add")
    before = BenefitRule.objects.get(benefit__code="wedding", example=False)
    day = before.valid_from + dt.timedelta(days=400)
    said = desk.post(add, standard_from(day), follow=True)
    before.refresh_from_db()
    assert before.valid_to == day - dt.timedelta(days=1)
    made = BenefitRule.objects.get(benefit=before.benefit, valid_from=day, example=False)
    assert (made.standard, made.valid_to) == (Decimal(800), None)
    assert f"到 {before.valid_to} 为止" in said.content.decode()


def test_a_standard_before_a_later_one_is_told_which_and_nothing_is_ended() -> None:
    desk, add = signed_in(welfare.officer()), reverse("admin:welfare_benefitrule_add")
    later = BenefitRule.objects.get(benefit__code="wedding", example=False)
    answer = desk.post(add, standard_from(later.valid_from - dt.timedelta(days=30)))
    assert f"自 {later.valid_from} 起已有标准" in answer.content.decode()
    low = desk.post(add, standard_from(later.valid_from + dt.timedelta(days=30), cap="500"))
    assert "每次上限不能低于标准" in low.content.decode()
    later.refresh_from_db()
    assert later.valid_to is None
    assert BenefitRule.objects.filter(benefit=later.benefit, example=False).count() == 1


pytestmark = pytest.mark.django_db


def test_a_standard_asks_for_seven_things_and_unfolds_what_this_one_says_besides() -> None:
    desk = signed_in(welfare.officer())

    def folded(page: Any) -> dict[str, bool]:
        return {one.name: one.is_collapsible for one in page.context["adminform"]}

    fresh = desk.get(reverse("admin:welfare_benefitrule_add"))
    assert [*folded(fresh).values()] == [False, True, True, True, True]
    assert len(next(iter(fresh.context["adminform"])).fields) == 7
    rule = BenefitRule.objects.filter(benefit__code="spring", example=False).first()
    BenefitRule.objects.filter(pk=rule.pk).update(relations=["parent"])  # type: ignore[union-attr]
    assert not folded(desk.get(reverse("admin:welfare_benefitrule_change", args=[rule.pk])))["对谁"]  # type: ignore[union-attr]
