"""Every page outside the desk with an object that exists, for every kind of person, against a table written by hand."""

from typing import Any

import pytest
from django.urls import reverse

from congress.committees.enums import CommitteeKind
from congress.committees.models import CommitteeSeat
from congress.departments.enums import DepartmentDuty
from congress.proposals.enums import ProposalState
from congress.proposals.models import Proposal
from congress.regulations.models import RegulationVersion
from tests.architecture.test_desk_urls import answer
from tests.factories import committees, delegates, departments, drives, handling, members, proposals
from tests.factories.rows import row
from union_portal.accounts.enums import Role
from union_portal.accounts.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shared_rows")]

# Everybody who signed in: own things only, and what the school publishes.
ALL = {
    "stranger",
    "member",
    "committee",
    "author",
    "delegate",
    "contact",
    "leader",
    "office",
    "chair",
    "welfare",
    "administrator",
}
MEMBERS = {"member", "committee", "author", "delegate", "contact", "leader"}
AUTHOR, LEAD, LEADER = {"author"}, {"contact"}, {"leader"}
READS_ALL = {"office", "chair", "committee"}
READERS = MEMBERS | {"office", "chair", "welfare"}
PAGES: dict[str, set[str]] = {
    "home:start": ALL,
    "home:me": ALL,
    "home:benefits": ALL,
    "home:statement": ALL,
    "congress:sessions": ALL,
    "congress:proposals": ALL,
    "congress:published": ALL,
    "congress:regulations": READERS,
    "congress:voices": MEMBERS,
    "congress:answers": READERS,
    # A proposal: its author writes, the delegates of the congress may be asked, the office and the chair read.
    "congress:proposal_new": {"author", "delegate"},
    "congress:proposal": AUTHOR | LEAD | LEADER | READS_ALL,
    "congress:proposal_form": AUTHOR | LEAD | LEADER | READS_ALL,
    "congress:proposal_edit": AUTHOR,
    "congress:proposal_invite": AUTHOR,
    "congress:proposal_submit": AUTHOR,
    "congress:proposal_withdraw": AUTHOR,
    "congress:proposal_rate": AUTHOR,
    # A department: its contact answers, its leader signs, nobody else.
    "congress:departments": LEAD | LEADER,
    "congress:department_proposal": LEAD | LEADER,
    "congress:department_reply": LEAD,
    "congress:department_note": LEAD,
    "congress:department_extension": LEAD,
    "congress:department_give_back": LEAD,
    "congress:department_sign": LEADER,
    "congress:department_return": LEADER,
    "congress:department_suggestions": LEAD | LEADER,
    "congress:committee": {"committee"},
    "congress:committee_proposal": {"committee"},
    # A session is its delegates'.
    "congress:session": {"author", "delegate"},
    "congress:regulation": READERS,
    # Lists are brought by the officers; the chair approves, and brings none.
    "home:import_upload": {"office", "welfare"},
}


@pytest.fixture(scope="module")
def people(one_data_set: Any) -> dict[str, User]:
    department = departments.department()
    found = {
        "stranger": members.account(),
        "member": members.account(of=members.member()),
        "contact": departments.post(of=department, duty=DepartmentDuty.CONTACT),
        "leader": departments.post(of=department, duty=DepartmentDuty.LEADER),
        "office": members.account_with_role(Role.CONGRESS),
        "chair": members.account_with_role(Role.CHAIR),
        "welfare": members.account_with_role(Role.WELFARE),
        "administrator": members.account_with_role(Role.ADMINISTRATOR),
    }
    seated = members.member()
    found["committee"] = members.account(of=seated)
    reviewing = committees.committee(kind=CommitteeKind.PROPOSAL)
    CommitteeSeat.objects.create(committee=reviewing, person=seated, valid_from=reviewing.began_on)
    drive = drives.drive()
    made = proposals.proposal(drive=drive, state=ProposalState.ASSIGNED)
    handling.assign(made, department)
    assert made.proposer is not None
    found["author"] = proposals.user_of(made.proposer)
    found["delegate"] = proposals.user_of(delegates.delegate(of=made.congress))
    return found


def place_of(name: str) -> str:
    """Return the address of a page, with the row that exists."""
    proposal = Proposal.objects.get()
    keys: dict[str, Any] = {"congress:session": proposal.drive.session_id}
    if name == "congress:regulation":
        keys[name] = row(RegulationVersion).regulation_id
    if name not in keys and ("proposal" in name or "department_" in name) and name not in BARE:
        keys[name] = proposal.pk
    return reverse(name, args=[keys[name]] if name in keys else [])


BARE = {"congress:proposals", "congress:proposal_new", "congress:department_suggestions"}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_to_whom_the_table_says(name: str, people: dict[str, User]) -> None:
    address = place_of(name)
    told = {who: answer(user, "get", address) for who, user in people.items()}
    if set(told.values()) & {405}:
        told = {who: answer(user, "post", address) for who, user in people.items()}
    opened = {who for who, status in told.items() if status < 500 and status not in {403, 404}}
    assert (sorted(opened - PAGES[name]), sorted(PAGES[name] - opened)) == ([], []), told
