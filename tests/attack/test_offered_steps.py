"""What is offered can be done: a button that asks for nothing more than a confirmation is not refused afterwards.

Every row of every kind is looked at by every role; what a step refuses for want of something, or to this person, must
be said where its button would stand (`blocks` of its kind), so that nobody reads a page and confirms in vain.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.db.models import Model
from django.test import RequestFactory
from django.urls import reverse

from tests.architecture.test_desk_urls import label_of
from tests.attack import sweep
from tests.attack.pressing import opened, taken_back, unpainted
from tests.attack.test_double_submits import further
from union_portal.accounts.models import User

pytestmark = [pytest.mark.attack, pytest.mark.django_db, pytest.mark.usefixtures("one_factor")]
# So many different steps at least must have been pressed, and so many be told as not to be taken yet.
PRESSED, TOLD = 25, 5


def offered(user: User, row: Model) -> Iterator[tuple[str, str, Any]]:
    """Yield the name and address of every step that the row's page offers, and what is in its way."""
    model_admin: Any = admin.site.get_model_admin(type(row))
    if not hasattr(model_admin, "steps_of"):
        return
    request: Any = RequestFactory().get("/admin/")
    request.user, request.session = user, SessionStore()
    if not model_admin.has_view_permission(request, row) or model_admin.get_object(request, str(row.pk)) is None:
        return
    for step, block in model_admin.steps_of(request, row.pk):
        yield (
            f"{label_of(type(row))} {step.action_name}",
            reverse(f"admin:{step.action_name}", args=[row.pk]),
            block,
        )


def asks(context: dict[str, Any]) -> bool:
    """Tell whether the step's page has a field that must be filled in."""
    form = context.get("form")
    return form is None or any(bound.field.required and not bound.is_hidden for bound in form)


def test_a_step_that_only_asks_to_be_confirmed_is_not_refused() -> None:
    people = sweep.officers()
    rows = [*sweep.rows_of_all(people).values(), *further(people)]
    pressed: set[str] = set()
    told: set[str] = set()
    wrong: list[str] = []
    with unpainted():
        for row in rows:
            for role, user in people.items():
                for name, address, block in offered(user, row):
                    page = opened(user, address)
                    if block is not None:
                        told.add(name)
                        assert page.context["in_the_way"] == block, name
                        continue
                    if page.status != 200 or asks(page.context):
                        continue
                    given = {"version": page.context["form"].initial.get("version", getattr(row, "version", ""))}
                    answer = taken_back(user, RequestFactory().post(address, given))
                    pressed.add(name)
                    if answer.status == 422 or answer.refusals:
                        errors = getattr(answer.context.get("form"), "errors", "")
                        wrong.append(f"{role}: {name}: {errors} {answer.refusals}")
    assert not wrong, "\n".join(dict.fromkeys(wrong))
    assert len(pressed) >= PRESSED, sorted(pressed)
    assert len(told) >= TOLD, sorted(told)
