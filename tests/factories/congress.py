"""Congresses, sessions and proposals for tests: invented bodies and people, in the states that tests begin from."""

import datetime as dt
import itertools
from typing import Any

from django.utils import timezone

from congress.enums import (
    OUTCOME_OF,
    PROPOSAL_MACHINE,
    Body,
    DepartmentDuty,
    Duty,
    MandateStart,
    ProposalState,
    Seat,
    SittingState,
)
from congress.models import (
    Assignment,
    Congress,
    Delegate,
    Delegation,
    Department,
    DepartmentPost,
    Proposal,
    ProposalCategory,
    ProposalDrive,
    Session,
    Sitting,
)
from members.models import Person
from tests.factories import members
from union_portal.accounts.enums import Role
from union_portal.accounts.models import User
from union_portal.base.states import Machine

_numbers = itertools.count(1)
BEGAN = dt.date(2022, 4, 1)


def officer() -> User:
    """Make an account of the congress officer."""
    return members.account_with_role(Role.CONGRESS)


def leader() -> User:
    """Make an account of the chair, who approves what is filed."""
    return members.account_with_role(Role.CHAIR)


def congress(*, body: Body = Body.STAFF, **fields: Any) -> Congress:
    """Make a running term of the school's staff congress."""
    fields.setdefault("number", next(_numbers))
    fields.setdefault("began_on", BEGAN)
    fields.setdefault("ends_on", timezone.localdate().replace(month=12, day=31) + dt.timedelta(days=400))
    return Congress.objects.create(body=body, **fields)


def delegation(*, of: Congress, **fields: Any) -> Delegation:
    """Make a delegation."""
    number = fields.pop("number", next(_numbers))
    return Delegation.objects.create(congress=of, number=number, name=fields.pop("name", f"第{number}代表团"), **fields)


def delegate(*, of: Congress, person: Person | None = None, **fields: Any) -> Delegate:
    """Make a running mandate of a member who has an account."""
    whose = person or members.member()
    if whose.user_id is None:
        members.account(of=whose)
        whose.refresh_from_db()
    fields.setdefault("seat", Seat.DELEGATE)
    fields.setdefault("valid_from", BEGAN)
    fields.setdefault("began_by", MandateStart.ELECTED)
    return Delegate.objects.create(congress=of, person=whose, **fields)


def session(*congresses: Congress, **fields: Any) -> Session:
    """Make a session in preparation of one body or of two."""
    number = next(_numbers)
    fields.setdefault("title", f"第{number}次会议")
    fields.setdefault("convened_on", timezone.localdate() + dt.timedelta(days=30))
    made = Session.objects.create(**fields)
    for body in congresses or (congress(),):
        Sitting.objects.create(session=made, congress=body, number=number, state=SittingState.PLANNED)
    return made


def drive(*, of: Session | None = None, **fields: Any) -> ProposalDrive:
    """Make a drive that takes proposals now."""
    today = timezone.localdate()
    fields.setdefault("code", f"D{next(_numbers)}")
    fields.setdefault("opens_on", today - dt.timedelta(days=10))
    fields.setdefault("closes_at", timezone.now() + dt.timedelta(days=10))
    return ProposalDrive.objects.create(session=of or session(), **fields)


def category(**fields: Any) -> ProposalCategory:
    """Make a category."""
    number = next(_numbers)
    return ProposalCategory.objects.create(code=f"c{number}", name=fields.pop("name", f"第{number}类"), **fields)


def department(*, contact: bool = False, lead: bool = False, **fields: Any) -> Department:
    """Make a department; with a contact and a responsible leader where asked."""
    number = next(_numbers)
    made = Department.objects.create(
        code=fields.pop("code", f"B{number}"), name=fields.pop("name", f"第{number}处"), **fields
    )
    for wanted, duty in ((contact, DepartmentDuty.CONTACT), (lead, DepartmentDuty.LEADER)):
        if wanted:
            post(of=made, duty=duty)
    return made


def post(*, of: Department, duty: DepartmentDuty = DepartmentDuty.CONTACT, person: Person | None = None) -> User:
    """Appoint somebody for a department and return the account."""
    whose = person or members.person()
    user = members.account(of=whose)
    DepartmentPost.objects.create(department=of, person=whose, duty=duty, valid_from=BEGAN)
    return user


def proposal(*, state: ProposalState = ProposalState.DRAFT, **fields: Any) -> Proposal:
    """Make a proposal that stands in the state, without its history: the row as the database accepts it."""
    its_drive = fields.pop("drive", None) or drive()
    body = fields.pop("congress", None) or its_drive.session.sittings.earliest("pk").congress
    number = next(_numbers)
    today = timezone.localdate()
    submitted = state not in {ProposalState.DRAFT, ProposalState.SECONDING, ProposalState.PRECHECK}
    if "proposer" not in fields and not fields.get("as_body"):
        fields["proposer"] = delegate(of=body)
    if state is ProposalState.MERGED and "merged_into" not in fields:
        fields["merged_into"] = proposal(drive=its_drive, congress=body, state=ProposalState.SUBMITTED)
    fields.setdefault("title", f"关于第{number}件事的提案")
    fields.setdefault("grounds", "教职工多次反映，影响教学。")
    fields.setdefault("measures", "建议本学期内解决。")
    into = fields.pop("merged_into", None)
    made = Proposal.objects.create(
        drive=its_drive,
        congress=body,
        number=f"{its_drive.code}-{number:03d}" if submitted else "",
        submitted_at=timezone.now() if submitted else None,
        due_on=today + dt.timedelta(days=60) if submitted else None,
        answered_on=today if submitted else None,
        **fields,
    )
    for step in way(PROPOSAL_MACHINE, start=ProposalState.DRAFT, end=state):
        changes = {"merged_into": into} if step == ProposalState.MERGED else {}
        Proposal.objects.filter(pk=made.pk).update(state=step, outcome=OUTCOME_OF[ProposalState(step)], **changes)
    made.refresh_from_db()
    return made


def way(machine: Machine, *, start: str, end: str) -> list[str]:
    """Return the states of the shortest way from one state to another, without the first."""
    ways: dict[str, list[str]] = {start: []}
    queue = [start]
    while queue:
        here = queue.pop(0)
        for move in machine.actions(state=here):
            if move.target not in ways:
                ways[move.target] = [*ways[here], move.target]
                queue.append(move.target)
    return ways[end]


def assign(made: Proposal, department: Department, duty: Duty = Duty.LEAD) -> Assignment:
    """Assign a proposal to a department."""
    return Assignment.objects.create(proposal=made, department=department, duty=duty)
