"""Every address of the desk with a row that exists, for every role, against the table written by hand."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.urls.resolvers import URLPattern

from congress.departments.enums import DepartmentDuty
from congress.petitions.models import Petition
from tests.architecture.asking import answer, at_the_door, shown
from tests.architecture.who import BRANCH, May
from tests.architecture.who_may import DESK
from tests.factories import bodies, delegates, departments, members, proposals, sessions
from tests.factories.rows import row
from union_portal.accounts.enums import Role
from union_portal.accounts.models import User

pytestmark = [pytest.mark.attack, pytest.mark.django_db, pytest.mark.usefixtures("shared_rows")]
ADMINS = sorted(admin.site._registry.items(), key=lambda pair: pair[0]._meta.label)
LOOKS = {"changelist", "change", "history"}
# Shown whole, for every kind, in tests/desk/test_every_kind.py.
SHOWN = {"changelist", "add", "change", "export"}
# How an address calls the row it is about; one with another key stands among the places.
ROW = {"", "pk", "object_id"}


def label_of(model: Any) -> str:
    return str(model._meta.label_lower)


every_model = pytest.mark.parametrize("model", [model for model, _admin in ADMINS], ids=label_of)


def addresses(model: type[Model], pk: Any) -> Iterator[tuple[str, str]]:
    """Yield verb and address of every page that the model's admin has about a row."""
    stem = f"{model._meta.app_label}_{model._meta.model_name}_"
    for pattern in admin.site.get_model_admin(model).get_urls():
        name = pattern.name or ""
        if isinstance(pattern, URLPattern) and name.startswith(stem):
            keys = list(pattern.pattern.converters) or [""] * pattern.pattern.regex.groups
            if len(keys) <= 1 and ROW.issuperset(keys):
                values = {keys[0]: pk} if keys and keys[0] else {}
                yield name.removeprefix(stem), reverse(f"admin:{name}", kwargs=values)


@pytest.fixture(scope="module")
def people(one_data_set: Any) -> dict[Role, User]:
    """Return an account for each role; the branch chair's chairs a branch that nothing else belongs to."""
    branch = members.branch()
    return {
        role: members.account_with_role(role, branches=(branch,) if role is Role.BRANCH_CHAIR else ()) for role in Role
    }


@pytest.fixture(scope="module")
def desks(people: dict[Role, User]) -> dict[Role, Client]:
    """Sign every role in, once for the module."""
    found = {role: Client() for role in people}
    for role, client in found.items():
        client.force_login(people[role])
    return found


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


@every_model
def test_the_desk_opens_to_whom_the_table_says(
    model: type[Model], people: dict[Role, User], keys: dict[type[Model], Any]
) -> None:
    line, wrong, pk = DESK[label_of(model)], [], keys[model]
    with at_the_door():
        for verb, address in addresses(model, pk):
            wrong += judged(line.who(asked(verb, line)), "get", address, f"get {verb}", people)
            if verb == "change":
                wrong += judged(line.who(verb), "post", address, f"post {verb}", people)
    assert not wrong, "\n".join(wrong)


@every_model
def test_somebody_who_may_is_shown_the_page_whole(
    model: type[Model], desks: dict[Role, Client], keys: dict[type[Model], Any]
) -> None:
    line, told = DESK[label_of(model)], {}
    for verb, address in addresses(model, keys[model]):
        may = line.who(asked(verb, line)) - BRANCH
        if may and verb not in SHOWN:
            told[verb] = shown(desks[min(may)], address)
    assert {verb: status for verb, status in told.items() if status != 200} == {}


@every_model
def test_the_desk_is_shut_to_whoever_holds_no_role(
    model: type[Model], outside: list[User], keys: dict[type[Model], Any]
) -> None:
    with at_the_door():
        opened = [
            (verb, user.name)
            for verb, address in addresses(model, keys[model])
            for user in outside
            if answer(user, "get", address) != 403
        ]
    assert opened == []


def test_a_branch_chair_is_let_to_the_own_branch_and_to_no_other(one_data_set: Any) -> None:
    own, other = members.branch(), members.branch()
    chair = members.account_with_role(Role.BRANCH_CHAIR, branches=(own,))
    for branch, status in ((own, 200), (other, 404)):
        sitting = sessions.session(bodies.congress(branch=branch)).sittings.get()
        delegate = delegates.delegate(of=sitting.congress)
        for made in (branch, members.member(branch=branch), sitting.congress, sitting.session, delegate):
            address = reverse(f"admin:{label_of(made).replace('.', '_')}_change", args=[made.pk])
            assert answer(chair, "get", address) == status, address


def asked(verb: str, line: May) -> str:
    """Return the word of the table for a page of the desk, unless its line names the page itself."""
    return "look" if verb in LOOKS and verb not in line.also else verb


def judged(may: frozenset[Role], method: str, address: str, what: str, people: dict[Role, User]) -> list[str]:
    told = {}
    for role, user in people.items():
        told[role] = answer(user, method, address)
    wrong = [f"{what} fails for {role} ({status})" for role, status in told.items() if status >= 500]
    opened = {role for role, status in told.items() if status not in {403, 404}}
    wrong += [f"{what} is shut for {role} ({told[role]})" for role in sorted(may - opened - {Role.BRANCH_CHAIR})]
    return wrong + [f"{what} is open for {role} ({told[role]})" for role in sorted(opened - may)]
