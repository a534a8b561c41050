"""Every page that is no list of the desk, with an object that exists, for every kind of person, against the tables.

`PAGES`, here, asks who somebody is to the row; `PLACES`, in `who_may`, which role at the desk somebody holds.
"""

from collections.abc import Mapping
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.architecture.asking import answer, at_the_door, shown
from tests.architecture.page_rows import Keys, People, desk_keys, people_and_keys
from tests.architecture.who import BRANCH
from tests.architecture.who_may_beside import PLACES
from tests.factories import members
from union_portal.accounts.enums import Role
from union_portal.accounts.models import User

pytestmark = [pytest.mark.attack, pytest.mark.django_db, pytest.mark.usefixtures("shared_rows")]

DELEGATES = {"author", "delegate", "seconder", "head", "joint", "scrutineer"}
MEMBERS = DELEGATES | {"member", "committee"}
# A department's people need not be members.
REGISTERED = MEMBERS | {"contact", "leader"}
READERS = REGISTERED | {"office", "chair", "welfare"}
# Everybody who signed in: own things only, and what the school publishes.
ALL = READERS | {"stranger", "administrator"}
AUTHOR, LEAD, LEADER = {"author"}, {"contact"}, {"leader"}
READ_IT = AUTHOR | LEAD | LEADER | {"joint", "office", "chair", "committee"}
PAGES: dict[str, set[str]] = {
    "home:start": ALL,
    "home:me": ALL,
    "home:help": ALL,
    "home:guide": ALL,
    "home:benefits": ALL,
    "home:statement": ALL,
    "congress:sessions": ALL,
    "congress:proposals": ALL,
    "congress:published": ALL,
    "congress:published_proposal": ALL,
    "congress:regulations": READERS,
    "congress:regulation": READERS,
    "congress:regulation_version": READERS,
    "congress:regulation_file": READERS,
    "congress:answers": READERS,
    # What a member says is open to whoever is in the register or to members alone; what was said is the member's own.
    "congress:voices": REGISTERED,
    "congress:petition_new": REGISTERED,
    "congress:suggestion_drive": MEMBERS,
    "congress:survey": MEMBERS,
    "congress:suggestion": {"member"},
    "congress:petition": {"member"},
    "home:statement_ask": REGISTERED,
    "home:statement_file": {"member"},
    # Who stands on a sign-off sheet is led by its code to the own line, the welfare officer to all of it.
    "welfare:sheet": MEMBERS | {"welfare"},
    "welfare:sheet_row": {"member", "welfare"},
    "welfare:own_grant": {"member"},
    # What a member asks for himself is the member's own; who is none is told so.
    "welfare:apply": MEMBERS,
    "welfare:application": {"member"},
    "welfare:application_amend": {"member"},
    "welfare:application_paper": {"member"},
    # A proposal: its author writes, the delegates of the congress may be asked, the office and the chair read.
    "congress:proposal_new": DELEGATES,
    "congress:proposal": READ_IT,
    "congress:proposal_form": READ_IT,
    "congress:proposal_scan": READ_IT,
    "congress:proposal_reply_scan": READ_IT,
    "congress:proposal_rating_scan": READ_IT,
    "congress:proposal_opinion_scan": READ_IT,
    "congress:proposal_edit": AUTHOR,
    "congress:proposal_invite": AUTHOR,
    "congress:proposal_submit": AUTHOR,
    "congress:proposal_withdraw": AUTHOR,
    "congress:proposal_rate": AUTHOR,
    "congress:proposal_take_back": AUTHOR,
    "congress:proposal_opinion": {"joint"},
    "congress:proposal_second": {"seconder"},
    "congress:proposal_check": {"head"},
    # A department: its contact answers, its leader signs, nobody else.
    "congress:departments": LEAD | LEADER,
    "congress:department_proposal": LEAD | LEADER,
    "congress:department_reply": LEAD,
    "congress:department_note": LEAD,
    "congress:department_extension": LEAD,
    "congress:department_give_back": LEAD,
    "congress:department_sign": LEADER,
    "congress:department_return": LEADER,
    "congress:department_promise": LEAD,
    "congress:department_suggestions": LEAD | LEADER,
    "congress:department_suggestion": LEAD | LEADER,
    "congress:committee": {"committee"},
    "congress:committee_proposal": {"committee"},
    # A session is its delegates', its papers also the officers' who see it; a counting sheet is its scrutineer's.
    "congress:session": DELEGATES,
    "congress:document": DELEGATES | {"office", "chair", "welfare"},
    "congress:ballot": {"scrutineer"},
    "congress:election": {"scrutineer"},
}
# What is sent with the question, where the address alone asks nothing.
SENT = {
    "admin:autocomplete": {"app_label": "congress", "model_name": "delegate", "field_name": "person"},
    "admin:congress_sitting_roll_step": {"step": "leave"},
}
# Asked by sending, though they answer to their address alone too.
POSTED = {"admin:congress_sitting_roll_step", "home:import_recheck"}


@pytest.fixture(scope="module")
def world(one_data_set: Any) -> tuple[People, Keys]:
    return people_and_keys()


@pytest.fixture(scope="module")
def officers(one_data_set: Any) -> dict[Role, User]:
    """Return an account for each role; the branch chair's chairs a branch that nothing else belongs to."""
    branch = members.branch()
    return {
        role: members.account_with_role(role, branches=(branch,) if role is Role.BRANCH_CHAIR else ()) for role in Role
    }


@pytest.fixture(scope="module")
def places(officers: dict[Role, User]) -> Keys:
    return desk_keys(officers)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_to_whom_the_table_says(name: str, world: tuple[People, Keys]) -> None:
    people, keys = world
    method, told = asked(name, keys, people)
    opened = {who for who, status in told.items() if status < 500 and status not in {403, 404}}
    assert (sorted(opened - PAGES[name]), sorted(PAGES[name] - opened)) == ([], []), told
    assert whole(name, keys, people[min(PAGES[name])], method) in {200, 422}


@pytest.mark.parametrize("name", PLACES)
def test_a_place_at_the_desk_opens_to_whom_the_table_says(
    name: str, officers: dict[Role, User], places: Keys, world: tuple[People, Keys]
) -> None:
    method, told = asked(name, places, officers)
    opened = {role for role, status in told.items() if status < 500 and status not in {403, 404}}
    wrong = (sorted(opened - PLACES[name]), sorted(PLACES[name] - opened - BRANCH))
    assert wrong == ([], []), told
    without = {who: user for who, user in world[0].items() if who in {"stranger", "member", "delegate", "leader"}}
    assert set(asked(name, places, without)[1].values()) <= {403, 404}
    if PLACES[name]:
        assert whole(name, places, officers[min(PLACES[name] - BRANCH)], method) == 200


def asked(name: str, keys: Keys, people: Mapping[Any, User]) -> tuple[str, dict[Any, int]]:
    """Return how the address is asked, and what it answered to each."""
    address, sent = reverse(name, args=keys.get(name, ())), SENT.get(name)
    with at_the_door():
        first, *others = people
        looked = answer(people[first], "get", address, sent)
        method = "post" if looked == 405 or name in POSTED else "get"
        told = {who: answer(people[who], method, address, sent) for who in others}
        told[first] = looked if method == "get" else answer(people[first], method, address, sent)
        return method, told


def whole(name: str, keys: Keys, user: User, method: str) -> int:
    """Return the status of the page itself, through everything that stands around the view."""
    client = Client()
    client.force_login(user)
    return shown(client, reverse(name, args=keys.get(name, ())), method, SENT.get(name))
