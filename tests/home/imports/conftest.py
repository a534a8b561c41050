"""An officer who signs in without a second factor."""

from typing import Any

import pytest

from tests.factories import members as make
from union_portal.accounts.enums import Role
from union_portal.accounts.models import User


@pytest.fixture(autouse=True)
def one_factor(settings: Any) -> None:
    settings.PORTAL_STAFF_TOTP = False


@pytest.fixture
def officer() -> User:
    return make.account_with_role(Role.ORGANISATION)


pytestmark = pytest.mark.django_db
