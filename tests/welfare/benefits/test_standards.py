"""A school's own standards: the list that completes what the catalogue brings, the page, and the years' festivals."""

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone

from members.kin.enums import Relation
from tests.factories import members as make
from union_portal.accounts.enums import Role
from union_portal.base.importing.kinds import kind
from welfare.benefits import services
from welfare.benefits.enums import Festival
from welfare.benefits.models import BenefitRule, Occasion
from welfare.benefits.tasks import place_coming_festivals

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_factor")]
TEMPLATE = "/admin/imports/template/benefit_rules/"


@pytest.fixture
def clerk(client: Client) -> Client:
    client.force_login(make.account_with_role(Role.WELFARE))
    return client


def test_the_template_holds_the_standards_in_force_and_brings_their_amounts_back(clerk: Client) -> None:
    book: Any = openpyxl.load_workbook(io.BytesIO(clerk.get(TEMPLATE).content))
    sheet = book["慰问标准"]
    headings = [cell.value for cell in sheet[1]]
    rows = {row[0].value: row for row in sheet.iter_rows(min_row=2)}
    assert len(rows) == BenefitRule.objects.filter(example=False).count()
    rows["春节慰问品"][headings.index("标准（元）")].value = 500
    rows["亲属去世慰问"][headings.index("上限（元或%）")].value = 1000
    out = io.BytesIO()
    book.save(out)
    out.seek(0)
    resource: Any = kind("benefit_rules")
    found = resource().preview(out)
    assert (found.changed, found.new, found.faults) == (2, 0, [])
    out.seek(0)
    resource().confirm(out)
    assert BenefitRule.objects.get(benefit__code="spring", example=False).standard == 500
    told = BenefitRule.objects.get(benefit__code="bereavement", example=False)
    assert told.cap == 1000
    assert told.relations == [one.value for one in (Relation.SPOUSE, Relation.PARENT, Relation.CHILD)]


def test_whose_death_a_standard_is_about_is_ticked(clerk: Client) -> None:
    rule = BenefitRule.objects.get(benefit__code="bereavement", example=False)
    shown = clerk.get(f"/admin/welfare/benefitrule/{rule.pk}/change/").content.decode()
    assert shown.count('name="relations"') == len(Relation.choices)
    told: dict[str, Any] = {
        "benefit": rule.benefit_id,
        "form": rule.form,
        "cap_basis": rule.cap_basis,
        "source": rule.source,
    }
    told |= {"valid_from": "2018-01-01", "relations": ["spouse", "stranger"], "level": rule.level, "per_years": 1}
    told |= {name: getattr(rule, name) for name in ("couples", "date_basis", "claim_unit", "severity")}
    assert "stranger" in clerk.post(f"/admin/welfare/benefitrule/{rule.pk}/change/", told).content.decode()
    told["relations"] = ["spouse"]
    assert clerk.post(f"/admin/welfare/benefitrule/{rule.pk}/change/", told).status_code == 302
    rule.refresh_from_db()
    assert rule.relations == ["spouse"]


def test_the_years_festivals_are_ready_and_none_of_the_schools_own_is_doubled() -> None:
    year = timezone.localdate().year
    Occasion.objects.create(code="own", name=f"{year}春节大礼包", year=year, festival=Festival.SPRING)
    Occasion.objects.create(code="named", name=f"{year}年中秋节", year=year)
    assert place_coming_festivals(timestamp=0) == 2 * (len(Festival) - 1) - 2
    assert Occasion.objects.get(name=f"{year + 1}年春节").day == Festival.SPRING.day_in(year + 1)
    assert Occasion.objects.filter(year=year, festival=Festival.SPRING).count() == 1
    assert Occasion.objects.get(code="named").day is None
    assert services.place_festivals(years=(year, year + 1)) == []
    assert not Occasion.objects.filter(day__lt=dt.date(year, 1, 1)).exists()
