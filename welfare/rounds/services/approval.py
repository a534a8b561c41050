"""Submit a round, return it, approve it by a second person, or record that it was approved on paper."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Count, Sum
from django.utils import timezone

from union_portal.accounts.models import User
from union_portal.base.errors import DomainError, Refused
from union_portal.base.money import grouped
from union_portal.base.steps import move
from welfare.approvals.models import PaperApproval
from welfare.approvals.services import enter, may_be_entered, must_not_wait
from welfare.grants.enums import GrantState, RoundState
from welfare.grants.models import Round
from welfare.grants.services.four_eyes import may_approve_round
from welfare.grants.services.warnings import confirm_all, settle_on_paper, unconfirmed
from welfare.rounds.services.holding import hold_round, require
from welfare.rounds.services.judging import judge_round


def _tally(held: Round, state: GrantState) -> tuple[int, Decimal]:
    row = held.grants.filter(state=state).aggregate(heads=Count("pk"), amount=Sum("amount"))
    return row["heads"], row["amount"] or Decimal("0.00")


@transaction.atomic
def judge(*, round_: Round) -> int:
    """Judge a locked and priced roster by the rule in force; returns how many warnings wait for an answer."""
    held = hold_round(round_)
    _ready(held)
    return judge_round(held)


class WarningsWaiting(Refused):
    """The rules object and nobody has answered yet."""


def submit(*, subject: Round, actor: User | None) -> Round:
    """Send a locked and priced round to approval, judged by the rule in force.

    Raises DomainError while it has no price or nobody on it, WarningsWaiting while a warning has no reason and
    document; the warnings are kept, so that they can be answered.
    """
    with transaction.atomic():
        held = hold_round(subject)
        _ready(held)
        waiting = judge_round(held)
        if not waiting:
            move(held, "submit", actor=actor, prepared_by=actor or held.prepared_by)
    if waiting:
        raise WarningsWaiting(f"有 {waiting:,} 条超标提醒须先填写理由和文件，见批次页面。")
    return held


def must_be_ready(round_: Round) -> None:
    """Raise DomainError while the round has no price, or nobody on its roster."""
    if round_.unit_price is None:
        raise DomainError("请先确定单价，再提交审批。", field="unit_price")
    if not round_.grants.filter(state=GrantState.LISTED).exists():
        raise DomainError("名册为空。")


def _ready(held: Round) -> None:
    require(held, RoundState.LOCKED)
    must_be_ready(held)
    held.grants.filter(state=GrantState.LISTED, amount__isnull=True).update(amount=held.unit_price)


@transaction.atomic
def approve(*, subject: Round, actor: User, warnings_seen: bool = False) -> Round:
    """Approve a submitted round as a second person and release its roster: every listed grant becomes due.

    With `warnings_seen` the approver confirms what was answered to the warnings. Raises Refused for the preparer, for
    somebody on a small roster (see `four_eyes`), and while a warning is not confirmed by a second person.
    """
    held = hold_round(subject)
    require(held, RoundState.SUBMITTED)
    must_not_wait(held.paper_approval)
    may_approve_round(round_=held, actor=actor)
    if warnings_seen:
        confirm_all(actor=actor, round_=held)
    if unconfirmed(round_=held):
        raise Refused("请先确认超标提醒的说明（须由填写人以外的人办理）。")
    _release(held, actor=actor, approved_by=actor, approved_at=timezone.now())
    return held


def takes_paper(round_: Round) -> bool:
    """Whether an approval on paper may still be registered: nobody approved, and no paper waits or stands."""
    return round_.approved_by_id is None and may_be_entered(round_.paper_approval)


@transaction.atomic
def send_back(*, subject: Round, actor: User, why: str) -> Round:
    """Return a submitted round to who prepared it; one that was approved on paper is sent back with the paper."""
    held = hold_round(subject)
    must_not_wait(held.paper_approval)
    move(held, "return", actor=actor, why=why)
    return held


@transaction.atomic
def withdraw(*, subject: Round, actor: User) -> Round:
    """Take a submitted round back before it is decided: its roster stays locked and it can be submitted again."""
    held = hold_round(subject)
    must_not_wait(held.paper_approval)
    move(held, "withdraw", actor=actor)
    return held


@transaction.atomic
def record_paper_approval(
    *, subject: Round, approver: User, approved_on: dt.date, document: str, scan: Any, actor: User
) -> Round:
    """Record that the round was approved on paper: by whom, when, in which document, with its scan.

    Its warnings are answered by the document. It then waits for a second account; whose confirmation approves it. A
    round whose approval was only noted as a text in an earlier version gets its paper so. Raises Refused for an
    approver who prepared it or stands on a small roster, and while a paper waits already.
    """
    held = hold_round(subject)
    must_not_wait(held.paper_approval)
    if not takes_paper(held):
        raise Refused("该批次已经审批。")
    if held.state == RoundState.LOCKED:
        _ready(held)
        judge_round(held)
        held.prepared_by = actor
    elif held.state in {RoundState.APPROVED, RoundState.CLOSED}:
        held.prepared_by = held.prepared_by or actor
    may_approve_round(round_=held, actor=approver)
    paper = enter(
        about=str(held), approver=approver, approved_on=approved_on, document=document, scan=scan, actor=actor
    )
    if held.state == RoundState.LOCKED:
        settle_on_paper(document=paper.words(), actor=actor, round_=held)
    words = f"线下审批：{paper.words()}"
    move(held, "register_paper", actor=actor, why=words, prepared_by=held.prepared_by, paper_approval=paper)
    return held


@transaction.atomic
def confirm_on_paper(*, subject: Round, paper: PaperApproval, actor: User) -> Round:
    """Approve the round upon its confirmed paper: the confirmer is a second person and answers for its warnings too."""
    held = hold_round(subject)
    may_confirm_paper(round_=held, paper=paper, actor=actor)
    if held.state == RoundState.SUBMITTED:
        confirm_all(actor=actor, round_=held)
        changes = {"approved_at": timezone.now(), "offline_approval": paper.words()}
        _release(held, actor=actor, why=f"线下审批：{paper.words()}", **changes)
    return held


def may_confirm_paper(*, round_: Round, paper: PaperApproval, actor: User) -> None:
    """Raise Refused when the actor, or the paper's approver, is not the second person that the round needs."""
    may_approve_round(round_=round_, actor=actor)
    if paper.approver is not None:
        may_approve_round(round_=round_, actor=paper.approver)


def _release(held: Round, *, actor: User | None, why: str = "", **changes: object) -> None:
    heads, amount = _tally(held, GrantState.LISTED)
    words = f"{heads:,} 人，{grouped(amount)} 元"
    move(
        held,
        "approve",
        actor=actor,
        why="；".join(part for part in (why, words) if part),
        released_heads=heads,
        released_amount=amount,
        **changes,
    )
    held.grants.filter(state=GrantState.LISTED).update(state=GrantState.DUE)
