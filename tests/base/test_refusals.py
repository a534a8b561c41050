"""A refusal is shown at the field the form asks by, whatever the service calls it."""

import datetime as dt
from typing import Any

import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError

from union_portal.base.errors import Refused
from union_portal.base.forms import add_refusal
from union_portal.base.models.constraints import named_in

ON = {"on": forms.DateField()}
BEGINS = {"begins_on": forms.DateField(), **ON}
OURS = {"activities", "congress", "members", "union_portal", "welfare"}
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


@pytest.mark.parametrize(
    ("among", "shown"),
    [
        (("valid_from", "valid_to", "person"), "begins_on"),
        (("person", "valid_to"), "on"),
        (("version", "state"), "__all__"),
        ((), "__all__"),
    ],
)
def test_what_a_constraint_refuses_stands_at_the_first_field_it_is_about_that_the_form_shows(
    among: tuple[str, ...], shown: str
) -> None:
    hidden = forms.IntegerField(widget=forms.HiddenInput, required=False)
    form = type("Asked", (forms.Form,), {**BEGINS, "version": hidden})({"begins_on": "2026-03-01", "on": "2026-03-02"})
    assert form.is_valid()
    add_refusal(form, Refused("不能重叠。", among=among))
    assert form.errors == {shown: ["不能重叠。"]}


def test_every_constraint_names_fields_of_its_own_model() -> None:
    wrong, nothing = [], []
    for model in apps.get_models():
        own = {field.name for field in model._meta.get_fields()} | {"pk"}
        for constraint in model._meta.constraints if model.__module__.split(".")[0] in OURS else ():
            names = named_in(constraint)
            wrong += [f"{constraint.name}: {name}" for name in names if name not in own]
            nothing += [] if names else [constraint.name]
    assert (wrong, nothing) == ([], [])
    told = {constraint.name: named_in(constraint) for constraint in apps.get_model("welfare.Cover")._meta.constraints}
    assert told["welfare_cover_dates_in_order"] == ("ends_on", "starts_on")
    assert told["welfare_cover_no_overlap"] == ("starts_on", "ends_on", "plan", "person")
