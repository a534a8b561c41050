"""Every list of the desk leaves it as a file, for whoever a rule says may take it along, and for nobody else."""

from typing import Any

import pytest
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from rules.permissions import perm_exists

from tests.factories.members import account_with_role
from union_portal.accounts.enums import Role
from union_portal.accounts.models import AccessEntry
from union_portal.base.importing.formats import FORMATS

pytestmark = pytest.mark.django_db
DESK = sorted(admin.site._registry, key=lambda model: model._meta.label)


@pytest.fixture(autouse=True)
def _one_factor(settings: Any) -> None:
    settings.PORTAL_STAFF_TOTP = False


def page(model: type[Model], name: str) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}")


def rule(model: type[Model], verb: str) -> str:
    return f"{model._meta.app_label}.{verb}_{model._meta.model_name}"


def test_whoever_may_look_at_a_list_is_told_by_a_rule_whether_to_take_it_along() -> None:
    silent = [
        model._meta.label
        for model in DESK
        if perm_exists(rule(model, "view")) and not perm_exists(rule(model, "export"))
    ]
    assert silent == []


def test_every_list_has_the_same_two_formats() -> None:
    desk: list[Any] = list(admin.site._registry.values())
    assert {tuple(model_admin.formats) for model_admin in desk} == {tuple(FORMATS.values())}


@pytest.mark.parametrize("role", [Role.FINANCE, Role.BRANCH_CHAIR, Role.ADMINISTRATOR])
def test_a_list_is_exported_and_logged_or_refused_as_the_rule_says(client: Client, role: Role) -> None:
    user = account_with_role(role)
    client.force_login(user)
    for model in DESK:
        granted = user.has_perm(rule(model, "export"))
        asked = client.get(page(model, "export"))
        assert asked.status_code == (200 if granted else 403), model._meta.label
        entries = AccessEntry.objects.filter(action="export", user=user)
        before = entries.count()
        sent = client.post(page(model, "export"), {"format": 1, "resource": 0, "purpose": "核对"})
        assert (sent.status_code, entries.count() - before) == ((200, 1) if granted else (403, 0)), model._meta.label
        if granted:
            assert "attachment" in sent["Content-Disposition"], model._meta.label
            assert entries.latest("pk").kind == model._meta.label_lower
