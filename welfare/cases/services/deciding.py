"""A case is decided by a second person: approved, declined, sent back; or what was approved on paper is recorded."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from union_portal.accounts.models import User
from union_portal.base.errors import DomainError, Refused
from union_portal.base.steps import hold, move
from welfare.approvals.models import PaperApproval
from welfare.approvals.services import enter as enter_paper
from welfare.approvals.services import may_be_entered, must_not_wait
from welfare.cases.models import CaseReturn, ReturnReason
from welfare.cases.services.evidence import checklist
from welfare.grants.enums import GrantState
from welfare.grants.models import Grant
from welfare.grants.services.four_eyes import may_approve_grant, own_and_kin, second_person
from welfare.grants.services.warnings import confirm_all, unanswered, unconfirmed

# The reason that says all in its own words.
OTHER = "other"


@transaction.atomic
def approve(*, subject: Grant, actor: User, why: str = "", warnings_seen: bool = False) -> Grant:
    """Approve a case as a second person: it becomes due.

    With `warnings_seen` the approver confirms what was answered to the warnings. Raises Refused for the preparer, for
    the recipient and kin, and while a warning lacks answer or confirmation.
    """
    held = hold(subject, "person", "benefit__account")
    must_not_wait(held.paper_approval)
    may_approve_grant(grant=held, actor=actor)
    must_be_answered(held)
    if warnings_seen:
        confirm_all(actor=actor, grant=held)
    if unconfirmed(grant=held):
        raise Refused("请先确认超标提醒的说明（须由填写人以外的人办理）。")
    move(held, "approve", actor=actor, why=why, approved_by=actor, approved_at=timezone.now())
    return held


def must_be_answered(grant: Grant) -> None:
    """Raise Refused while a warning has no reason and document."""
    if unanswered(grant=grant):
        raise Refused("请先为超标提醒填写理由和文件。")


@transaction.atomic
def decline(*, subject: Grant, actor: User, code: str = OTHER, missing: Sequence[str] = (), why: str = "") -> Grant:
    """Decline a case, with a coded reason; see `send_back`."""
    held = hold(subject)
    must_not_wait(held.paper_approval)
    return _returned(held, "decline", actor, code=code, missing=missing, why=why)


@transaction.atomic
def send_back(*, subject: Grant, actor: User, code: str = OTHER, missing: Sequence[str] = (), why: str = "") -> Grant:
    """Send a case back to whoever entered it, with a coded reason; it is filled in and sent again.

    `missing` names papers that its standard asks for. Raises DomainError for a reason or a paper that is not on the
    lists, and where the reason must be explained and is not.
    """
    held = hold(subject, "person", "benefit", "event")
    must_not_wait(held.paper_approval)
    if held.state == GrantState.SUBMITTED:
        second_person(prepared_by=held.prepared_by_id, actor=actor)
    return _returned(held, "send_back", actor, code=code, missing=missing, why=why)


def _returned(held: Grant, action: str, actor: User, *, code: str, missing: Sequence[str], why: str) -> Grant:
    reason, why = ReturnReason.objects.filter(code=code, active=True).first(), why.strip()
    if reason is None:
        raise DomainError("请选择原因。", field="code")
    if reason.explained and not why:
        raise DomainError("请写明情况。", field="why")
    known = {one.item for one in checklist(held)} if missing else set()
    if strange := [item for item in missing if item not in known]:
        raise DomainError(f"标准没有要求“{strange[0]}”。", field="missing")
    papers = f"（{'、'.join(missing)}）" if missing else ""
    # What must be explained says all in its own words.
    words = why if reason.explained else "：".join(part for part in (f"{reason}{papers}", why) if part)
    # Whoever asked for himself puts it right himself; the officer may too.
    asked = held.moves.order_by("pk").first()
    entered = {"prepared_by": asked.actor} if asked and asked.target == GrantState.APPLIED else {}
    move(held, action, actor=actor, why=words, reason=words[:200], **entered)
    CaseReturn.objects.create(move=held.moves.latest("pk"), reason=reason, missing=list(missing))
    return held


@transaction.atomic
def confirm(*, subject: Grant, actor: User) -> Grant:
    """Confirm as the branch's chair what a member of the branch asks for; it goes on to the welfare officer.

    Raises Refused for the actor's own and kin's.
    """
    held = hold(subject)
    may_confirm(grant=held, actor=actor)
    move(held, "confirm", actor=actor)
    return held


def may_confirm(*, grant: Grant, actor: User) -> None:
    """Raise Refused when the application is the actor's own or kin's."""
    if own_and_kin(user=actor).filter(pk=grant.person_id).exists():
        raise Refused("不能审核本人或亲属的申请，将由生活福利委员直接受理。")


def takes_paper(*, grant: Grant) -> bool:
    """Whether an approval on paper may be registered for the case: none waits or stands."""
    return may_be_entered(grant.paper_approval)


@transaction.atomic
def register_paper(
    *, subject: Grant, approver: User, approved_on: dt.date, document: str, scan: Any, actor: User
) -> Grant:
    """Record that a case was approved on paper; a second account's confirmation then approves it.

    Raises Refused for an approver who prepared it, receives it or is kin, and while a paper waits already.
    """
    held = hold(subject, "person", "benefit")
    must_not_wait(held.paper_approval)
    may_approve_grant(grant=held, actor=approver)
    about = f"{held.benefit} {held.granted_on.isoformat()}"
    paper = enter_paper(
        about=about, approver=approver, approved_on=approved_on, document=document, scan=scan, actor=actor
    )
    move(held, "register_paper", actor=actor, why=f"线下审批：{paper.words()}", paper_approval=paper)
    return held


def may_confirm_paper(*, grant: Grant, paper: PaperApproval, actor: User) -> None:
    """Raise Refused when the actor, or the paper's approver, is not the second person that the case needs."""
    may_approve_grant(grant=grant, actor=actor)
    if paper.approver is not None:
        may_approve_grant(grant=grant, actor=paper.approver)


@transaction.atomic
def confirm_on_paper(*, subject: Grant, paper: PaperApproval, actor: User) -> Grant:
    """Approve the case upon its confirmed paper, by a second person who is not the recipient's kin."""
    held = hold(subject, "person", "benefit")
    may_confirm_paper(grant=held, paper=paper, actor=actor)
    if held.state == GrantState.SUBMITTED:
        confirm_all(actor=actor, grant=held)
        words = f"线下审批：{paper.words()}"
        move(held, "approve", actor=actor, why=words, approved_at=timezone.now(), offline_approval=paper.words())
    return held
