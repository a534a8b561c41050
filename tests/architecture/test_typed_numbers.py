"""Nobody at the desk types a staff number or an internal one where a person can be picked by name."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteMixin, ForeignKeyRawIdWidget
from django.forms import ModelChoiceField
from django.test import RequestFactory

from members.people.models import Person
from tests.factories import members as make
from union_portal.accounts.enums import Role
from union_portal.accounts.models import User
from union_portal.base.admin.own_page import OwnPageAdmin

ROOT = Path(__file__).parents[2]
APPS = ("members", "welfare", "congress", "activities", "union_portal")
# A field of a form that asks for a number, and whose own it is: the account that signs in.
ASKS = re.compile(r"staff_numbers?\s*=\s*(?:forms\.)?CharField|label=\"[^\"]*工号[^\"]*\"")
KNOWN = re.compile("拼音|名单")
OWN = {"union_portal/accounts/forms.py"}


def forms_of_the_source() -> list[Path]:
    found = (path for app in APPS for path in (ROOT / app).rglob("*.py"))
    return [path for path in found if path.stem == "forms" or path.parent.name == "forms"]


def test_no_form_asks_for_a_staff_number() -> None:
    asks = {
        str(path.relative_to(ROOT)): words
        for path in forms_of_the_source()
        # A picker says that it finds by number too, a list has a column of them.
        if (words := [one for one in ASKS.findall(path.read_text("utf-8")) if not KNOWN.search(one)])
    }
    assert not asks.keys() - OWN, asks
    assert asks.keys() >= OWN


@pytest.mark.django_db
def test_the_desks_forms_let_people_be_picked_by_typing(rf: RequestFactory) -> None:
    request: Any = rf.get("/")
    request.user = make.account_with_role(*(role for role in Role if role != Role.BRANCH_CHAIR))
    asked = 0
    for model_admin in admin.site._registry.values():
        assert not model_admin.raw_id_fields, model_admin
        if isinstance(model_admin, OwnPageAdmin) or not model_admin.has_add_permission(request):
            continue
        fields = model_admin.get_form(request, None).base_fields
        for name, field in fields.items():
            widget: Any = getattr(field.widget, "widget", field.widget)
            assert not isinstance(widget, ForeignKeyRawIdWidget), (model_admin, name)
            rows: Any = getattr(field, "queryset", None)
            if isinstance(field, ModelChoiceField) and rows.model in (Person, User):
                asked += 1
                assert isinstance(widget, AutocompleteMixin), (model_admin, name)
    assert asked > 5
