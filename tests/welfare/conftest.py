"""Welfare's tests sign in without a second factor."""

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def no_second_factor(settings: Any) -> None:
    settings.PORTAL_STAFF_TOTP = False


pytestmark = pytest.mark.django_db
