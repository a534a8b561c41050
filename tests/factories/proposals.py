"""Proposals on their way to the committee, made by the services that authors use."""

import datetime as dt
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from congress.models import Delegate, Proposal, ProposalDrive, Seconding
from congress.services import proposing, seconding
from congress.services.authorship import Authorship
from tests.factories import congress as make
from union_portal.accounts.models import User

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
    its_drive = by.drive if by else drive or make.drive()
    whose = by or author(its_drive)
    values = {"title": "关于更换教室灯具的提案", "category": make.category(), **WORDS, **fields}
    return proposing.draft(authorship=whose, actor=whose.delegate.person.user, **values)


def seconded(proposal: Proposal, heads: int = 2) -> list[Delegate]:
    delegates = [make.delegate(of=proposal.congress) for _ in range(heads)]
    for one in seconding.invite(proposal=proposal, delegates=delegates, actor=None):
        seconding.answer(seconding=one, accept=True, version=None, actor=one.delegate.person.user)
    proposal.refresh_from_db()
    return delegates


def submit(proposal: Proposal) -> Proposal:
    return proposing.submit(proposal=proposal, version=None, actor=None)


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
