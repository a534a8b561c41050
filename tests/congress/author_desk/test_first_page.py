"""The member's first page asks only what concerns the account, and leaves out nothing by that."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from congress.author_desk import portal
from congress.committees.enums import CommitteeKind
from congress.department_desk.portal import committee_items
from congress.drives.models import ProposalDrive
from congress.proposals.enums import ProposalState
from congress.proposals.models import Seconding
from congress.suggestions.models import SuggestionDrive
from tests.factories import attendance, bodies, committees, delegates, departments, drives, members, proposals
from union_portal.accounts.models import User
from union_portal.base.portal import CONTRIBUTIONS, concerned, member_places
from union_portal.home.member_page.portal import member_items

pytestmark = pytest.mark.django_db
# A member's page: session, account, person, roles, grants, covers and what concerns him, with room for some of it.
MOST = 12


@pytest.fixture(scope="module")
def people(one_data_set: Any) -> dict[str, User]:
    """Make accounts that different things concern, and one that nothing does."""
    today = timezone.localdate()
    sitting = attendance.sitting(due=3, opened=False)
    body = sitting.congress
    drive = drives.drive(of=sitting.session)
    author, cosigner, head = (delegates.delegate(of=body) for _ in range(3))
    group = delegates.delegation(of=body, head=head)
    own = proposals.proposal(drive=drive, congress=body, proposer=author, state=ProposalState.SECONDING)
    Seconding.objects.create(proposal=own, delegate=cosigner)
    proposals.proposal(drive=drive, congress=body, proposer=author, delegation=group, state=ProposalState.PRECHECK)
    proposals.proposal(drive=drive, congress=body, proposer=author, state=ProposalState.SUBMITTED)
    board = committees.committee(kind=CommitteeKind.PROPOSAL)
    member, seated, contact = (members.member() for _ in range(3))
    for one in (member, seated, contact):
        members.account(of=one)
    committees.seat(committee=board, person=seated, on=today)
    departments.post(of=departments.department(), person=contact)
    SuggestionDrive.objects.create(title="金点子", opens_on=today, closes_on=today + dt.timedelta(days=9))
    voter = attendance.voters(sitting)[0]
    found = {"author": author.person_id, "cosigner": cosigner.person_id, "head": head.person_id, "voter": voter.pk}
    found |= {"member": member.pk, "committee": seated.pk, "contact": contact.pk}
    users = {name: User.objects.get(person=pk) for name, pk in found.items()}
    return {**users, "office": bodies.officer()}


def fresh(user: User) -> User:
    """Return the account as a request brings it."""
    return User.objects.get(pk=user.pk)


def test_what_is_not_asked_would_say_nothing(people: dict[str, User]) -> None:
    for name, one in people.items():
        user = fresh(one)
        parts = concerned(user)
        for part in CONTRIBUTIONS:
            if part.member_items and part not in parts and part.member_items is not committee_items:
                assert list(part.member_items(user)) == [], (name, part)
        matters = portal._matters(user)
        for matter, say in portal._SAID.items():
            assert matter in matters or not list(say(user)), (name, matter)


def test_each_is_told_what_concerns_him(people: dict[str, User]) -> None:
    told = {name: " ".join(str(item.title) for item in member_items(fresh(user))) for name, user in people.items()}
    said = {
        "待提交": {"author"},
        "待附议": {"cosigner"},
        "待代表团初审": {"head"},
        "提案征集": {"author", "cosigner", "head", "voter"},
        "待审查的提案": {"committee"},
        "金点子": set(people) - {"office"},
    }
    assert {words: {name for name, page in told.items() if words in page} for words in said} == said
    places = {name: {place.label for place in member_places(fresh(user))} for name, user in people.items()}
    assert {name for name, labels in places.items() if "提案" in labels} == said["提案征集"]
    assert (places["committee"], places["contact"], places["member"]) == ({"审查"}, {"承办部门"}, set())


def test_a_members_page_asks_few_questions_however_large_the_body(
    people: dict[str, User], client: Client, django_assert_max_num_queries: Any
) -> None:
    assert ProposalDrive.objects.running().exists()
    client.force_login(people["member"])
    with django_assert_max_num_queries(MOST):
        assert client.get("/").status_code == 200
