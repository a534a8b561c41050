"""Every empty list says what belongs there and how to begin."""

from html import unescape
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from congress.regulations.models import RegulationVersion
from members.branches.models import Branch, Office, Term
from tests.factories import members
from union_portal.accounts.enums import Role
from union_portal.base.importing.kinds import kind_for
from welfare.grants.models import Grant

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_factor")]
MODELS = [model for model in admin.site._registry if not model.__module__.startswith("tests.")]


def list_of(model: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def test_every_list_has_words_for_being_empty_and_its_page_says_them() -> None:
    wordless = [model._meta.label for model in MODELS if not getattr(model, "empty_words", "").endswith("。")]
    assert not wordless
    client = Client()
    client.force_login(members.account(is_superuser=True))
    silent = []
    for model in MODELS:
        shown = unescape(client.get(list_of(model)).content.decode())
        if 'class="data-row"' not in shown and model.empty_words not in shown:  # type: ignore[attr-defined]
            silent.append(model._meta.label)
    assert not silent


def test_a_row_is_begun_in_the_words_of_the_menu() -> None:
    client = Client()
    client.force_login(members.account_with_role(Role.WELFARE))
    shown = client.get(list_of(Grant)).content.decode()
    assert shown.count("登记慰问") >= 2
    assert "新建慰问记录" not in shown


def test_it_offers_what_the_account_may_do() -> None:
    assert [getattr(kind_for(one), "key", "") for one in (Branch, Office, RegulationVersion, Term)] == [
        "branches",
        "offices",
        "regulations",
        "",
    ]
    client = Client()
    client.force_login(members.account_with_role(Role.ORGANISATION))
    shown = client.get(list_of(Branch)).content.decode()
    for offered in ("新建分工会", "/admin/imports/?kind=branches", "/admin/imports/template/branches/"):
        assert offered in shown
    client.force_login(members.account_with_role(Role.FINANCE))
    watched = client.get(list_of(Branch)).content.decode()
    assert "还没有分工会" in watched
    assert "/admin/imports/template/branches/" not in watched
    none = client.get(f"{list_of(Branch)}?q=xyz").content.decode()
    assert "没有符合条件的分工会" in none
    assert "清除搜索和筛选" in none
