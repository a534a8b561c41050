"""A proposal in any state with everybody around it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone

from congress.bodies.models import Congress
from congress.committees.enums import CommitteeKind
from congress.committees.models import Committee, CommitteeSeat
from congress.delegates.models import Delegate
from congress.departments.enums import DepartmentDuty
from congress.departments.models import Department
from congress.drives.models import ProposalCategory, ProposalDrive
from congress.handling.enums import Duty, ReplyKind, ReplyState
from congress.handling.models import Reply
from congress.proposals.enums import FILED_STATES, IN_HAND, ProposalState
from congress.proposals.models import Proposal
from tests.factories import bodies, delegates, departments, drives, handling, members, proposals, sessions
from tests.factories.states import put
from union_portal.accounts.enums import Role
from union_portal.accounts.models import User

# Actions that ask for a drive with rules of its own, or for a second handling.
ODD = {"submit_to_delegation", "submit_late", "file_directly", "reply_directly", "return_second_reply"}
# A department works or has worked on these.
HANDLED = {*FILED_STATES, ProposalState.ADVISING, ProposalState.ADVISED} - {ProposalState.FILED}


@dataclass
class Scene:
    """A proposal in a state with everybody around it."""

    proposal: Proposal
    lead: Department
    support: Department
    people: dict[str, User]
    delegate: Delegate


def committee_member() -> User:
    person = members.member()
    today = timezone.localdate()
    board = Committee.objects.create(
        kind=CommitteeKind.PROPOSAL, name=f"提案工作委员会{person.pk}", began_on=today - dt.timedelta(days=900)
    )
    CommitteeSeat.objects.create(committee=board, person=person, valid_from=board.began_on)
    return members.account(of=person)


@dataclass
class World:
    """Everybody around one congress; made once for many tests, since people are dear."""

    congress: Congress
    delegate: Delegate
    lead: Department
    support: Department
    people: dict[str, User]
    category: ProposalCategory

    def drive(self, action: str = "") -> ProposalDrive:
        """Open a drive whose rules let the action be taken."""
        rules: dict[str, Any] = {"min_seconders": 0, "precheck": action == "submit_to_delegation"}
        if action == "submit_late":
            rules["closes_at"] = timezone.now() - dt.timedelta(minutes=1)
        return drives.drive(
            of=sessions.session(self.congress),
            leader_approves=action != "file_directly",
            sign_off=action != "reply_directly",
            **rules,
        )

    def scene(self, state: ProposalState, *, action: str = "", drive: ProposalDrive | None = None) -> Scene:
        """Set a proposal in the state with all that the state has: departments, a reply, a second handling.

        It is handed in to the drive, or to one of its own.
        """
        drive = drive or self.drive(action)
        into = None
        if state is ProposalState.MERGED:
            into = self.plain(drive, ProposalState.SUBMITTED)
        proposal = self.plain(drive, state, merged_into=into)
        second = state is ProposalState.REHANDLING or action == "return_second_reply"
        if state in HANDLED:
            handling.assign(proposal, self.lead)
            handling.assign(proposal, self.support, Duty.SUPPORT)
            self._reply(proposal, state, second=second)
        proposal.refresh_from_db()
        return Scene(proposal, self.lead, self.support, self.people, self.delegate)

    def plain(self, drive: ProposalDrive, state: ProposalState, **fields: Any) -> Proposal:
        fields = {name: value for name, value in fields.items() if value is not None}
        fields.setdefault("category", self.category)
        fields.setdefault("delegation", self.delegate.delegation)
        return proposals.proposal(state=state, drive=drive, congress=self.congress, proposer=self.delegate, **fields)

    def _reply(self, proposal: Proposal, state: ProposalState, *, second: bool) -> None:
        round_ = 2 if second else 1
        today = timezone.localdate()
        Proposal.objects.filter(pk=proposal.pk).update(round=round_, rate_by=today - dt.timedelta(days=1))
        fill: dict[str, Any] = {"proposal": proposal, "department": self.lead, "text": "已办理。"}
        fill["kind"] = ReplyKind.DONE
        sent: dict[str, Any] = {"state": ReplyState.SENT, "sent_at": timezone.now()}
        if second:
            Reply.objects.create(**fill, **sent)
        if state in IN_HAND:
            return
        reply = Reply.objects.create(**fill, round=round_, state=ReplyState.DRAFT)
        change = {"state": ReplyState.SIGNING} if state is ProposalState.SIGNING else sent
        put(Reply.objects.filter(pk=reply.pk), **change)


class Scenes:
    """The scenes that the tests of a module share: each is made once, and every test finds it as it was made."""

    def __init__(self, world: World, asked: Iterable[tuple[ProposalState, str]]) -> None:
        self._made: dict[tuple[ProposalState, str], Scene] = {}
        drives_for: dict[str, ProposalDrive] = {}
        for key in dict.fromkeys(_like(*one) for one in asked):
            state, action = key
            if action not in drives_for:
                drives_for[action] = world.drive(action)
            self._made[key] = world.scene(state, action=action, drive=drives_for[action])

    def at(self, state: ProposalState, action: str = "") -> Scene:
        """Return the scene for the action in the state, its proposal read anew."""
        made = self._made[_like(state, action)]
        return replace(made, proposal=Proposal.objects.get(pk=made.proposal.pk))


def _like(state: ProposalState, action: str) -> tuple[ProposalState, str]:
    return state, action if action in ODD else ""


def new_world() -> World:
    """Make the congress and its people."""
    body = bodies.congress()
    group = delegates.delegation(of=body)
    author = delegates.delegate(of=body, delegation=group)
    head = delegates.delegate(of=body, delegation=group)
    group.head = head
    group.save()
    lead, support, other = (departments.department(contact=True, lead=True) for _ in range(3))

    def of(department: Department, duty: DepartmentDuty) -> User:
        user = department.posts.get(duty=duty).person.user
        assert user is not None
        return user

    assert author.person.user is not None
    assert head.person.user is not None
    second = delegates.delegate(of=body).person.user
    assert second is not None
    people = {
        "author": author.person.user,
        "other delegate": second,
        "delegation head": head.person.user,
        "member": members.account(of=members.member()),
        "committee": committee_member(),
        "office": bodies.officer(),
        "chair": bodies.leader(),
        "audit": members.account_with_role(Role.AUDIT),
        "welfare": members.account_with_role(Role.WELFARE),
        "lead contact": of(lead, DepartmentDuty.CONTACT),
        "lead's leader": of(lead, DepartmentDuty.LEADER),
        "supporting contact": of(support, DepartmentDuty.CONTACT),
        "supporting leader": of(support, DepartmentDuty.LEADER),
        "other contact": of(other, DepartmentDuty.CONTACT),
        "other leader": of(other, DepartmentDuty.LEADER),
    }
    return World(body, author, lead, support, people, drives.category())
