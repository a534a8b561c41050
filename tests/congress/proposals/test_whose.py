"""Whose sessions, drives and proposals they are: what subqueries find is what one filter over all joins says."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Q
from django.utils import timezone

from congress.attendance.models import RollEntry
from congress.attendance.querysets import for_delegate
from congress.committees.enums import CommitteeKind
from congress.delegates.enums import MandateEnd
from congress.drives.models import ProposalDrive
from congress.drives.querysets import reads_all
from congress.proposals.enums import ProposalState
from congress.proposals.models import Proposal
from congress.sessions.models import Session
from tests.factories import bodies, committees, delegates, drives, members, proposals, sessions
from union_portal.accounts.enums import Role
from union_portal.accounts.models import User
from union_portal.base.querysets import in_force

pytestmark = pytest.mark.django_db


def _joined(rows: Any, asked: Q) -> set[int]:
    return set(rows.filter(asked).values_list("pk", flat=True))


def sessions_joined(user: User) -> set[int]:
    path = "sittings__congress__delegates__"
    mandate = Q(**{f"{path}person__user": user}) & in_force(timezone.localdate(), path)
    return _joined(Session.objects, mandate | Q(sittings__roll__person__user=user))


def drives_joined(user: User) -> set[int]:
    path = "session__sittings__congress__delegates__"
    return _joined(ProposalDrive.objects, Q(**{f"{path}person__user": user}) & in_force(timezone.localdate(), path))


def _headed(user: User) -> Q:
    return Q(delegation__head__person__user=user) | Q(delegation__deputy__person__user=user)


def authored_joined(user: User) -> set[int]:
    return _joined(Proposal.objects, Q(proposer__person__user=user) | Q(as_body=True) & _headed(user))


def precheck_joined(user: User) -> set[int]:
    return _joined(Proposal.objects, _headed(user) & Q(state=ProposalState.PRECHECK))


PAIRS: dict[str, tuple[Callable[[User], Any], Callable[[User], set[int]]]] = {
    "sessions": (lambda user: for_delegate(Session.objects.all(), user), sessions_joined),
    "drives": (ProposalDrive.objects.for_delegate, drives_joined),
    "authored": (Proposal.objects.authored_by, authored_joined),
    "precheck": (Proposal.objects.to_precheck, precheck_joined),
}


@pytest.fixture(scope="module")
def people(one_data_set: Any) -> dict[str, User]:
    """Make one account of each way to come to a session or a proposal."""
    body, other = bodies.congress(), bodies.congress()
    meeting, second = sessions.session(body), sessions.session(body, other)
    drive = drives.drive(of=meeting)
    drives.drive(of=second)
    author, cosigner, head, deputy, plain, ended = (delegates.delegate(of=body) for _ in range(6))
    abroad = delegates.delegate(of=other)
    type(ended).objects.filter(pk=ended.pk).update(
        valid_to=timezone.localdate() - dt.timedelta(days=1), ended_by=MandateEnd.RESIGNED
    )
    group = delegates.delegation(of=body, head=head, deputy=deputy)
    delegates.delegation(of=other, head=abroad)
    own = proposals.proposal(drive=drive, proposer=author, state=ProposalState.SECONDING)
    own.secondings.create(delegate=cosigner, state="accepted")
    proposals.proposal(drive=drive, proposer=plain, delegation=group, state=ProposalState.PRECHECK)
    proposals.proposal(drive=drive, as_body=True, delegation=group)
    guest = members.member()
    members.account(of=guest)
    for mine in (guest, plain.person):
        RollEntry.objects.create(sitting=meeting.sittings.get(), person=mine, votes=False, code=str(mine.pk))
    unit = members.branch()
    found = {
        name: proposals.user_of(one)
        for name, one in {
            "author": author,
            "cosigner": cosigner,
            "head": head,
            "deputy": deputy,
            "mandate and roll": plain,
            "ended": ended,
            "of the other body": abroad,
        }.items()
    }
    guest.refresh_from_db()
    return {
        **found,
        "roll alone": User.objects.get(person=guest),
        "branch chair": members.account_with_role(Role.BRANCH_CHAIR, of=members.member(branch=unit), branches=(unit,)),
        "stranger": members.account(of=members.member()),
        "office": bodies.officer(),
    }


@pytest.mark.parametrize("what", PAIRS)
def test_subqueries_find_what_the_joins_find(what: str, people: dict[str, User]) -> None:
    found, joined = PAIRS[what]
    answers = {name: sorted(found(user).values_list("pk", flat=True)) for name, user in people.items()}
    assert answers == {name: sorted(joined(user)) for name, user in people.items()}
    concerned = {name for name, keys in answers.items() if keys}
    assert (
        concerned
        == {
            "sessions": set(people) - {"ended", "branch chair", "stranger", "office"},
            "drives": set(people) - {"ended", "roll alone", "branch chair", "stranger", "office"},
            "authored": {"author", "mandate and roll", "head", "deputy"},
            "precheck": {"head", "deputy"},
        }[what]
    )


def test_the_seat_on_the_committee_is_looked_up_once_for_an_account(
    people: dict[str, User], django_assert_num_queries: Any
) -> None:
    user = User.objects.get(pk=people["stranger"].pk)
    with django_assert_num_queries(2):  # the roles, the seat
        assert [reads_all(user) for _ in range(5)] == [False] * 5
    board = committees.committee(kind=CommitteeKind.PROPOSAL)
    committees.seat(committee=board, person=user.person, on=timezone.localdate())
    assert reads_all(User.objects.get(pk=user.pk))
