"""Every address of the desk with a row that exists, for every role, against the table written by hand."""

from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.http import Http404
from django.test import RequestFactory
from django.urls import resolve, reverse
from django.urls.resolvers import URLPattern

from congress.departments.enums import DepartmentDuty
from congress.petitions.models import Petition
from tests.architecture.who_may import DESK
from tests.factories import bodies, delegates, departments, members, proposals, sessions
from tests.factories.rows import row
from union_portal.accounts.enums import Role
from union_portal.accounts.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shared_rows")]
ADMINS = sorted(admin.site._registry.items(), key=lambda pair: pair[0]._meta.label)
# Files that only a job makes: nobody finds one here; the rooms' own tests ask for them.
NOT_MADE = {"congress.proposalreport pdf", "welfare.round paper"}
LOOKS = {"changelist", "change", "history"}


def label_of(model: Any) -> str:
    return str(model._meta.label_lower)


def addresses(model: type[Model], pk: Any) -> Iterator[tuple[str, str]]:
    """Yield verb and address of every page that the model's admin has about a row."""
    stem = f"{model._meta.app_label}_{model._meta.model_name}_"
    for pattern in admin.site.get_model_admin(model).get_urls():
        name = pattern.name or ""
        if isinstance(pattern, URLPattern) and name.startswith(stem):
            keys = list(pattern.pattern.converters) or [""] * pattern.pattern.regex.groups
            if len(keys) <= 1:
                values = {keys[0]: pk} if keys and keys[0] else {}
                yield name.removeprefix(stem), reverse(f"admin:{name}", kwargs=values)


def answer(user: User, method: str, address: str) -> int:
    """Return the status with which the view answers, its page not yet written: who may is asked before."""
    request = getattr(RequestFactory(), method)(address)
    request.user, request.session = user, SessionStore()
    request._messages = CookieStorage(request)
    request._dont_enforce_csrf_checks = True
    match = request.resolver_match = resolve(request.path)
    try:
        with transaction.atomic() if method == "post" else nullcontext():
            response = match.func(request, *match.args, **match.kwargs)
            if method == "post":
                transaction.set_rollback(True)
    except PermissionDenied:
        return 403
    except Http404:
        return 404
    place = response.get("Location", "") if method == "get" else ""
    if place.startswith(("/admin/login", "/accounts/login")):
        return 403
    if place == reverse("admin:index"):  # what the account may not see, or nobody
        return 404
    return answer(user, "get", place) if place.startswith("/admin/") else int(response.status_code)


@pytest.fixture(scope="module")
def people(one_data_set: Any) -> dict[Role, User]:
    """Return an account for each role; the branch chair's chairs a branch that nothing else belongs to."""
    branch = members.branch()
    return {
        role: members.account_with_role(role, branches=(branch,) if role is Role.BRANCH_CHAIR else ()) for role in Role
    }


@pytest.fixture(scope="module")
def keys(people: dict[Role, User]) -> dict[type[Model], Any]:
    """Make a row of every kind; the petition is in the hands of all who take petitions."""
    made = {model: row(model, by=people[Role.CHAIR]) for model, _admin in ADMINS}
    made[Petition].handlers.add(*(people[role] for role in DESK["congress.petition"].look))
    return {model: one.pk for model, one in made.items()}


@pytest.fixture(scope="module")
def outside(one_data_set: Any) -> list[User]:
    """Return a member, a delegate, and a department's contact and leader: none of them holds a role."""
    delegate = delegates.delegate(of=bodies.congress())
    office = departments.department()
    posts = [departments.post(of=office, duty=duty) for duty in DepartmentDuty]
    return [members.account(), members.account(of=members.member()), proposals.user_of(delegate), *posts]


def test_every_kind_has_a_line() -> None:
    assert {label_of(model) for model, _admin in ADMINS} == set(DESK)


@pytest.mark.parametrize("model", [model for model, _admin in ADMINS], ids=label_of)
def test_the_desk_opens_to_whom_the_table_says(
    model: type[Model], people: dict[Role, User], keys: dict[type[Model], Any]
) -> None:
    line, wrong, pk = DESK[label_of(model)], [], keys[model]
    for verb, address in addresses(model, pk):
        if f"{label_of(model)} {verb}" in NOT_MADE:
            continue
        asked = [("get", "look" if verb in LOOKS else verb)]
        asked += [("post", "change")] if verb == "change" else []
        for method, what in asked:
            wrong += judged(line.who(what), method, address, f"{method} {verb}", people)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("model", [model for model, _admin in ADMINS], ids=label_of)
def test_the_desk_is_shut_to_whoever_holds_no_role(
    model: type[Model], outside: list[User], keys: dict[type[Model], Any]
) -> None:
    assert [
        (verb, user.name)
        for verb, address in addresses(model, keys[model])
        for user in outside
        if answer(user, "get", address) != 403
    ] == []


def test_a_branch_chair_is_let_to_the_own_branch_and_to_no_other(one_data_set: Any) -> None:
    own, other = members.branch(), members.branch()
    chair = members.account_with_role(Role.BRANCH_CHAIR, branches=(own,))
    for branch, status in ((own, 200), (other, 404)):
        sitting = sessions.session(bodies.congress(branch=branch)).sittings.get()
        delegate = delegates.delegate(of=sitting.congress)
        for made in (branch, members.member(branch=branch), sitting.congress, sitting.session, delegate):
            address = reverse(f"admin:{label_of(made).replace('.', '_')}_change", args=[made.pk])
            assert answer(chair, "get", address) == status, address


def judged(may: frozenset[Role], method: str, address: str, what: str, people: dict[Role, User]) -> list[str]:
    told = {}
    for role, user in people.items():
        told[role] = answer(user, method, address)
    wrong = [f"{what} fails for {role} ({status})" for role, status in told.items() if status >= 500]
    opened = {role for role, status in told.items() if status not in {403, 404}}
    wrong += [f"{what} is shut for {role} ({told[role]})" for role in sorted(may - opened - {Role.BRANCH_CHAIR})]
    return wrong + [f"{what} is open for {role} ({told[role]})" for role in sorted(opened - may)]
