"""Accounts for tests."""

import datetime as dt
import itertools
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from union_portal.accounts.enums import Role
from union_portal.accounts.models import RoleAssignment, User

PASSWORD = "a-long-password-2024"
_numbers = itertools.count(1)


def account(*, password: str | None = PASSWORD, **fields: Any) -> User:
    """Make an account with a password."""
    number = next(_numbers)
    fields.setdefault("staff_number", f"U{number:05d}")
    fields.setdefault("name", "林知远")
    return User.objects.create_user(password=password, **fields)


def officer(*roles: Role, second_factor: bool = True, **fields: Any) -> User:
    """Make an account with roles and, as the desk asks for, a second factor."""
    user = account(**fields)
    for role in roles:
        RoleAssignment.objects.create(user=user, role=role, valid_from=dt.date(2015, 9, 1))
    if second_factor:
        TOTP.activate(user, generate_totp_secret())
    return user


def second_factors(user: User) -> int:
    """Count the account's authenticators."""
    return int(Authenticator.objects.filter(user=user).count())


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


pytestmark = pytest.mark.django_db
