"""A refusal is shown at the field the form asks by, whatever the service calls it."""

import datetime as dt
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError

from union_portal.base.errors import Refused
from union_portal.base.forms import add_refusal

ON = {"on": forms.DateField()}
BEGINS = {"begins_on": forms.DateField(), **ON}
PERSON = {"staff_number": forms.CharField()}


@pytest.mark.parametrize(
    ("named", "fields", "shown"),
    [
        ("on", ON, "on"),
        ("valid_from", ON, "on"),
        ("valid_from", BEGINS, "begins_on"),
        ("valid_to", ON, "on"),
        ("held_on", ON, "on"),
        ("held_on", {**ON, "held_on": forms.DateField()}, "held_on"),
        ("person", PERSON, "staff_number"),
        ("person", ON, "__all__"),
        ("amount", ON, "__all__"),
        (None, ON, "__all__"),
    ],
)
def test_a_refusal_stands_where_the_form_asks(named: str | None, fields: dict[str, Any], shown: str) -> None:
    made = type("Asked", (forms.Form,), dict(fields))
    typed = {name: "x" if name == "staff_number" else f"{dt.date(2026, 3, 1)}" for name in fields}
    form = made(typed)
    assert form.is_valid()
    add_refusal(form, Refused("不在任期内。", field=named))
    assert form.errors == {shown: ["不在任期内。"]}
    if named:
        again = made(typed)
        assert again.is_valid()
        add_refusal(again, ValidationError({named: "不在任期内。"}))
        assert again.errors == {shown: ["不在任期内。"]}
