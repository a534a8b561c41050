"""Every address is closed unless the list says so."""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

pytestmark = [pytest.mark.attack, pytest.mark.django_db]

# Open without signing in: the doors, the pulse. Adding a line is a decision; say why.
PUBLIC = {
    "account_login",
    "account_logout",  # leads to the door
    "account_inactive",
    "account_signup",  # the first sign-in by one-time code; there is no sign-up
    "account_reauthenticate",  # leads to the door
    "mfa_authenticate",  # second step at the door; without the first it leads back
    "home:health",
    "home:emblem",  # stands on the door
    "admin:login",  # leads to the door
    "admin:logout",  # leads to the door
}
# Open to every signed-in account because they show only its own things.
OWN = {
    "home:start",
    "home:benefits",
    "home:me",
    "home:help",
    "home:statement",
    "congress:sessions",
    "congress:proposals",  # own proposals; empty for who is no delegate
    "congress:published",  # what a congress publishes to all members
    "account_change_password",
    "account_set_password",
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
}
VALUES = {"int": 1, "slug": "x", "uuid": uuid.UUID(int=1), "str": "x", "path": "1", "key": "x", "date": "2024-01-01"}


def addresses(patterns: Any, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from addresses(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}", pattern


ALL = sorted(dict(addresses(get_resolver().url_patterns)).items())


def address_of(name: str, pattern: URLPattern) -> str:
    converters = getattr(pattern.pattern, "converters", {})
    kinds = {key: type(converter).__name__.removesuffix("Converter").lower() for key, converter in converters.items()}
    values = {key: VALUES.get("str" if kind == "string" else kind, "x") for key, kind in kinds.items()}
    if name == "admin:app_list":
        values["app_label"] = "accounts"
    return reverse(name, kwargs=values) if values else reverse(name, args=["x"] * pattern.pattern.regex.groups)


def places() -> list[tuple[str, str]]:
    # The catch-all and the redirect of object pages have no name of their own.
    return [(name, address_of(name, pattern)) for name, pattern in ALL if pattern.name]


def test_a_stranger_is_sent_to_the_door_everywhere_else() -> None:
    client = Client()
    wrong = []
    for name, address in places():
        response = client.get(address)
        closed = response.status_code in {401, 403} or (
            response.status_code == 302 and response["Location"].startswith(("/accounts/login/", "/admin/login/"))
        )
        if name not in PUBLIC and not closed:
            wrong.append(f"{name}: {response.status_code}")
    assert not wrong


def test_the_public_list_names_only_what_exists() -> None:
    names = {name for name, _pattern in ALL}
    assert names >= PUBLIC
    assert names >= OWN
