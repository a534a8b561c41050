"""Proposals in every state, the way an author makes them, and an author's pages."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from congress.delegates.models import Delegate
from congress.drives.models import ProposalDrive
from congress.proposals.enums import OUTCOME_OF, PROPOSAL_MACHINE, ProposalState
from congress.proposals.models import Proposal, Seconding
from congress.proposals.services import drafting, seconding, submitting
from congress.proposals.services.authorship import Authorship
from tests.factories import delegates as make
from tests.factories import drives
from tests.factories.bodies import numbers
from tests.factories.delegates import delegate
from tests.factories.drives import drive
from tests.factories.states import note
from union_portal.accounts.models import User
from union_portal.base.states import Machine


def proposal(*, state: ProposalState = ProposalState.DRAFT, **fields: Any) -> Proposal:
    """Make a proposal that stands in the state, without its history: the row as the database accepts it."""
    its_drive = fields.pop("drive", None) or drive()
    body = fields.pop("congress", None) or its_drive.session.sittings.earliest("pk").congress
    number = next(numbers)
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
    steps = way(PROPOSAL_MACHINE, start=ProposalState.DRAFT, end=state)
    with transaction.atomic():
        note(made, *steps)
        for step in steps:
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


WORDS = {"grounds": "教室灯光昏暗，影响教学。", "measures": "建议暑假统一更换灯具。"}


def body_of(drive: ProposalDrive) -> Any:
    return drive.session.sittings.earliest("pk").congress


def user_of(delegate: Delegate) -> User:
    user = delegate.person.user
    assert user is not None
    return user


def author(drive: ProposalDrive, **fields: Any) -> Authorship:
    body = body_of(drive)
    return Authorship(drive, body, make.delegate(of=body, **fields))


def drafted(drive: ProposalDrive | None = None, by: Authorship | None = None, **fields: Any) -> Proposal:
    its_drive = by.drive if by else drive or drives.drive()
    whose = by or author(its_drive)
    values = {"title": "关于更换教室灯具的提案", "category": drives.category(), **WORDS, **fields}
    return drafting.draft(authorship=whose, actor=whose.delegate.person.user, **values)


def seconded(proposal: Proposal, heads: int = 2) -> list[Delegate]:
    delegates = [make.delegate(of=proposal.congress) for _ in range(heads)]
    for one in seconding.invite(proposal=proposal, delegates=delegates, actor=None):
        seconding.answer(seconding=one, accept=True, version=None, actor=one.delegate.person.user)
    proposal.refresh_from_db()
    return delegates


def submit(proposal: Proposal) -> Proposal:
    return submitting.submit(proposal=proposal, version=None, actor=None)


def close(drive: ProposalDrive) -> None:
    drive.closes_at = timezone.now() - dt.timedelta(minutes=1)
    drive.save()


def phone(user: User | None) -> Client:
    assert user is not None
    client = Client()
    client.force_login(user)
    return client


def own(proposal: Proposal) -> Client:
    assert proposal.proposer is not None
    return phone(proposal.proposer.person.user)


def url(name: str, *args: Any) -> str:
    return reverse(f"congress:{name}", args=args)


def asked(proposal: Proposal) -> Seconding:
    return seconding.invite(proposal=proposal, delegates=[make.delegate(of=proposal.congress)], actor=None)[0]


def values(proposal: Proposal, **fields: Any) -> dict[str, Any]:
    kept = {"title": proposal.title, "grounds": proposal.grounds, "measures": proposal.measures}
    return {**kept, "category": proposal.category_id or "", "version": proposal.version, **fields}
