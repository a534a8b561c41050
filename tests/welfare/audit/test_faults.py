"""Every fault that is planted in an invented school is found by its check, with its row, and nothing else is found."""

from typing import Any

import pytest
from django.urls import reverse

from tests.factories import members
from tests.factories.accounts import signed_in
from tests.welfare.audit import planting
from union_portal.accounts.enums import Role
from welfare.audit.services import CHECKS, Matter, matters

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shared_rows")]
LIST = reverse("welfare:audit")
FAULTS = [one.key for one in CHECKS if one.fault]
YEAR = {"closed": 2023}


def _found(key: str) -> list[Matter]:
    return matters(year=YEAR.get(key, 2024), check=key)


@pytest.fixture(scope="module")
def before(one_data_set: Any) -> dict[str, list[Matter]]:
    planting.school()
    return {key: _found(key) for key in FAULTS}


@pytest.fixture(scope="module")
def planted(before: Any) -> dict[str, planting.Refs]:
    return {key: plant() for key, plant in planting.PLANTED.items()}


def test_in_a_school_in_order_nothing_is_found(before: dict[str, list[Matter]]) -> None:
    assert {key: found for key, found in before.items() if found} == {}


@pytest.mark.parametrize("key", FAULTS)
def test_what_was_planted_is_found_and_nothing_else(planted: dict[str, planting.Refs], key: str) -> None:
    assert {(one.model, one.pk or 0) for one in _found(key)} == planted[key]


def test_each_leads_to_its_row_and_says_why(planted: dict[str, planting.Refs]) -> None:
    client = signed_in(members.account_with_role(Role.AUDIT))
    for key in FAULTS:
        page = client.get(f"{LIST}?check={key}&year={YEAR.get(key, 2024)}")
        assert page.context["rows"]
        for one, address in page.context["rows"]:
            assert one.about
            assert one.words
            assert client.get(address).status_code == 200, (key, address)
