"""The standards on the desk: the school's own first, examples when asked for."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.contrib import admin
from django.urls import reverse

from tests.factories import rounds as welfare
from tests.factories.accounts import signed_in
from welfare.benefits.models import BenefitRule

LIST = reverse("admin:welfare_benefitrule_changelist")


def test_the_list_shows_what_is_in_force_and_examples_or_earlier_standards_to_who_asks() -> None:
    desk = signed_in(welfare.officer())
    shown = {}
    for asked in ("", "example", "all"):
        listed = desk.get(LIST, {"of": asked} if asked else {}).context["cl"].queryset
        shown[asked] = set(listed.values_list("example", flat=True))
    assert shown == {"": {False}, "example": {True}, "all": {True, False}}
    page = desk.get(LIST).content.decode()
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


pytestmark = pytest.mark.django_db
