"""The retired, with what they receive: who was overlooked this year, and one person's page."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from members.people.enums import PersonKind
from tests.factories import members, rounds
from tests.factories.days import TODAY
from union_portal.accounts.enums import Role
from union_portal.base.steps import record
from welfare.benefits.models import Benefit
from welfare.grants.models import Grant
from welfare.retirees.models import Retiree
from welfare.visits.models import Visit, VisitKind

pytestmark = pytest.mark.django_db


def cared_for(person: Any) -> None:
    """Give somebody something, and go to see him."""
    benefit = Benefit.objects.get(code="retiree_visit")
    told: dict[str, Any] = {"state": "received", "form": benefit.form, "received_on": TODAY, "granted_on": TODAY}
    Grant.objects.create(person=person, benefit=benefit, occasion=rounds.occasion(), amount=Decimal(200), **told)
    kind = VisitKind.objects.get(code="retirees")
    record(Visit(kind=kind, person=person, visited_on=TODAY, gift="米油"), actor=None)


def test_the_list_shows_the_living_retired_and_finds_whom_nobody_saw_this_year(client: Client) -> None:
    seen, alone = (members.person(name=name, kind=PersonKind.RETIREE) for name in ("王安", "李静"))
    members.person(name="赵在职")
    members.person(name="钱逝", kind=PersonKind.RETIREE, died_on=TODAY)
    cared_for(seen)
    assert set(Retiree.objects.values_list("name", flat=True)) == {"王安", "李静"}
    client.force_login(members.account_with_role(Role.WELFARE))
    address = reverse("admin:welfare_retiree_changelist")
    page = client.get(address).content.decode()
    assert "200.00" in page
    assert f"{TODAY}" in page
    for answer in ("visit", "grant"):
        found = client.get(address, {"overlooked": answer}).content.decode()
        assert "李静" in found
        assert "王安" not in found
    both = client.get(address, {"overlooked": "check"}).content.decode()
    assert "王安" in both
    assert alone.name in both


def test_a_persons_page_tells_what_he_received_and_leads_to_a_visit(client: Client) -> None:
    person = members.person(name="王安", kind=PersonKind.RETIREE)
    cared_for(person)
    client.force_login(members.account_with_role(Role.WELFARE))
    page = client.get(reverse("admin:welfare_retiree_change", args=[person.pk])).content.decode()
    for words in ("离退休人员慰问", "米油", "登记走访", "查看人员登记"):
        assert words in page
    client.force_login(members.account_with_role(Role.AUDIT))
    page = client.get(reverse("admin:welfare_retiree_change", args=[person.pk])).content.decode()
    assert "登记走访" not in page


def test_a_branch_chair_sees_the_own_retired_alone(client: Client) -> None:
    own, other = members.branch(), members.branch()
    mine = members.member(name="王安", branch=own, kind=PersonKind.RETIREE)
    strange = members.member(name="李静", branch=other, kind=PersonKind.RETIREE)
    client.force_login(members.account_with_role(Role.BRANCH_CHAIR, branches=(own,)))
    page = client.get(reverse("admin:welfare_retiree_changelist")).content.decode()
    assert mine.name in page
    assert strange.name not in page
    assert strange.name not in client.get(reverse("admin:welfare_retiree_change", args=[strange.pk])).content.decode()
