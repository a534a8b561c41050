"""Every form there is: of the desk, with a row of every kind, and of the members' pages; each with somebody who may."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.urls import reverse

from congress.petitions.models import Petition
from tests.architecture.page_rows import Keys, People
from tests.architecture.test_desk_urls import addresses, label_of
from tests.architecture.test_page_urls import PAGES
from tests.architecture.who import BRANCH
from tests.architecture.who_may import DESK
from tests.architecture.who_may_beside import PLACES
from tests.factories import members
from tests.factories.rows import row
from union_portal.accounts.enums import Role
from union_portal.accounts.models import User

ADMINS = sorted(admin.site._registry, key=label_of)
# Addresses that show, print or hand out; what is sent to them is only what they are asked by.
SHOWING = {"changelist", "history", "export", "autocomplete"}

# What is sent where no page of the same address shows the form.
GIVEN: dict[str, dict[str, str]] = {
    "congress:proposal_second": {"answer": "accept", "why": "同意", "version": "0"},
    "congress:proposal_check": {"answer": "pass", "why": "同意", "version": "0"},
    "congress:proposal_rate": {"grade": "satisfied", "words": "答复清楚", "version": "0"},
    "congress:proposal_opinion": {"grade": "satisfied", "words": "答复清楚", "version": "0"},
    "congress:proposal_invite": {"seconders": "1", "q": "李"},
    "congress:department_reply": {"kind": "done", "text": "已办结", "promised_on": "2030-01-01", "version": "0"},
    "congress:department_note": {"note": "已联系"},
    "congress:department_extension": {"until": "2030-01-01", "reason": "需要论证"},
    "congress:department_give_back": {"reason": "不属于本部门"},
    "congress:department_sign": {"version": "0"},
    "congress:department_return": {"reason": "请补充", "version": "0"},
    "congress:department_promise": {"outcome": "keep", "until": "2030-01-01", "text": "已办结"},
    "home:statement_ask": {"year": "2024"},
}


@dataclass(frozen=True)
class Form:
    """A form of a page: what it is called, where it stands, who may send it."""

    name: str
    address: str
    user: User


def officers() -> dict[Role, User]:
    """Return an account for each role."""
    return {role: members.account_with_role(role) for role in Role}


def rows_of_all(people: dict[Role, User]) -> dict[type[Model], Any]:
    """Make a row of every kind; the petition is in the hands of all who take petitions."""
    made = {model: row(model, by=people[Role.CHAIR]) for model in ADMINS}
    made[Petition].handlers.add(*(people[role] for role in DESK["congress.petition"].look))
    return made


def of_row(model: type[Model], pk: Any, people: dict[Role, User]) -> Iterator[Form]:
    """Yield the forms that the desk has about a row and for a new one."""
    line = DESK[label_of(model)]
    for verb, address in addresses(model, pk):
        may = line.who(verb) - BRANCH
        if verb not in SHOWING and may:
            yield Form(f"{label_of(model)} {verb}", address, people[min(may)])


def of_pages(people: People, keys: Keys) -> Iterator[Form]:
    """Yield the pages outside the desk."""
    for name, may in PAGES.items():
        yield Form(name, reverse(name, args=keys.get(name, ())), people[min(may)])


def of_places(keys: Keys, people: dict[Role, User]) -> Iterator[Form]:
    """Yield the places of the desk beside its lists."""
    for name, may in PLACES.items():
        if may:
            yield Form(name, reverse(name, args=keys.get(name, ())), people[min(may - BRANCH)])
