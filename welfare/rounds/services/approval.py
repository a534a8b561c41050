"""Submit a round, return it, approve it by a second person, or record that it was approved on paper."""

from decimal import Decimal

from django.db import transaction
from django.db.models import Count, Sum
from django.utils import timezone

from union_portal.accounts.models import User
from union_portal.base.errors import DomainError, Refused
from union_portal.base.steps import move
from welfare.grants.enums import GrantState, RoundState
from welfare.grants.models import Round
from welfare.grants.services.four_eyes import may_approve_round
from welfare.grants.services.warnings import settle_on_paper, unconfirmed
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
        raise WarningsWaiting(f"有 {waiting} 条超标提醒须先填写理由和文件，见批次页面。")
    return held


def _ready(held: Round) -> None:
    require(held, RoundState.LOCKED)
    if held.unit_price is None:
        raise DomainError("请先确定单价，再提交审批。", field="unit_price")
    listed = held.grants.filter(state=GrantState.LISTED)
    listed.filter(amount__isnull=True).update(amount=held.unit_price)
    if not listed.exists():
        raise DomainError("名册为空。")


@transaction.atomic
def approve(*, subject: Round, actor: User) -> Round:
    """Approve a submitted round as a second person and release its roster: every listed grant becomes due.

    Raises Refused for the preparer, for somebody on a small roster (see `four_eyes`), and while a warning is not
    confirmed by a second person.
    """
    held = hold_round(subject)
    require(held, RoundState.SUBMITTED)
    may_approve_round(round_=held, actor=actor)
    if unconfirmed(round_=held):
        raise Refused("请先由另一人确认对超标提醒的说明。")
    _release(held, actor=actor, approved_by=actor, approved_at=timezone.now())
    return held


@transaction.atomic
def record_paper_approval(*, subject: Round, offline_approval: str, actor: User | None) -> Round:
    """Record that the locked round was approved on paper before the portal (线下已审批): who, when, document.

    The roster is released; warnings are answered by the document.
    """
    if not offline_approval.strip():
        raise DomainError("请填写线下审批人、日期和文件。", field="offline_approval")
    held = hold_round(subject)
    _ready(held)
    judge_round(held)
    settle_on_paper(document=offline_approval, actor=actor, round_=held)
    words = f"线下已审批：{offline_approval}"
    move(held, "submit", actor=actor, why=words, offline_approval=offline_approval[:200])
    _release(held, actor=actor, why=words, approved_at=timezone.now())
    return held


def _release(held: Round, *, actor: User | None, why: str = "", **changes: object) -> None:
    heads, amount = _tally(held, GrantState.LISTED)
    held.grants.filter(state=GrantState.LISTED).update(state=GrantState.DUE)
    words = f"{heads} 人，{amount:,.2f} 元"
    move(
        held,
        "approve",
        actor=actor,
        why="；".join(part for part in (why, words) if part),
        released_heads=heads,
        released_amount=amount,
        **changes,
    )
