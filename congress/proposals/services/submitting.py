"""Handing a proposal in: the rules of the drive, the number, the delegation's check; and taking it back."""

import datetime as dt

from django.db import transaction
from django.db.models import IntegerField, Max
from django.db.models.functions import Cast, Substr
from django.utils import timezone

from congress.bodies.services import mail_people
from congress.drives.models import ProposalDrive
from congress.proposals.enums import Outcome, ProposalState, SecondingState
from congress.proposals.models import Proposal
from congress.proposals.services.authorship import authors, judge_author_of
from congress.proposals.services.guards import need_words
from congress.proposals.services.seconding import judge_seconders, judge_text, lapse
from union_portal.accounts.models import User
from union_portal.base.errors import DomainError, Refused
from union_portal.base.moments import minute
from union_portal.base.steps import hold, move, unchanged

_RELATED = ("drive__session", "congress", "proposer__person", "delegation")


def number_for(drive: ProposalDrive) -> str:
    """Return the next number of the drive (2024-001), without gaps; the drive stays locked until the end."""
    held = hold(drive)
    prefix = f"{held.code}-"
    last = (
        Proposal.objects.filter(drive=held, number__regex=rf"^{_plain(prefix)}[0-9]+$")
        .annotate(running=Cast(Substr("number", len(prefix) + 1), IntegerField()))
        .aggregate(last=Max("running"))["last"]
    )
    return f"{prefix}{(last or 0) + 1:03d}"


def _plain(text: str) -> str:
    return "".join(one if one.isalnum() else f"\\{one}" for one in text)


def _judge_category(proposal: Proposal) -> None:
    if proposal.category is None or not proposal.category.in_use:
        raise DomainError("请选择提案类别。", field="category")


def _judge_opening(drive: ProposalDrive, *, on: dt.date) -> None:
    if on < drive.opens_on:
        raise Refused(f"征集自 {drive.opens_on} 开始，草稿会保留到那时。")


@transaction.atomic
def submit(*, proposal: Proposal, version: int | None, actor: User | None) -> Proposal:
    """Hand the proposal in: to the committee with its number, to the delegation for its check, or late as suggestion.

    Rules of the drive are judged in the author's interest in the order in which he can mend them. After the close it
    becomes a suggestion with its whole text (state LATE): nothing is lost, and who reads the answer can say so.
    """
    held = hold(proposal, *_RELATED)
    now = timezone.now()
    if held.state not in {ProposalState.DRAFT, ProposalState.SECONDING}:
        raise Refused(f"该提案已提交过，当前为“{held.get_state_display()}”。")
    unchanged(held, version=version)
    _judge_opening(held.drive, on=timezone.localdate(now))
    judge_text(held)
    judge_author_of(held)
    if now > held.drive.closes_at:
        return become_suggestion(held, at=now, actor=actor)
    _judge_category(held)
    judge_seconders(held)
    _lapse_unanswered(held, actor=actor)
    if is_checked_first(held):
        move(held, "submit_to_delegation", actor=actor, version=held.version + 1)
        _ask_head(held)
    else:
        _enter(held, "submit", at=now, actor=actor)
    return held


def _enter(held: Proposal, action: str, *, at: dt.datetime, actor: User | None) -> None:
    move(held, action, actor=actor, submitted_at=at, number=number_for(held.drive), version=held.version + 1)


def _lapse_unanswered(held: Proposal, *, actor: User | None) -> None:
    lapse(held, states=[SecondingState.INVITED], why="提案提交前未答复", actor=actor)


def become_suggestion(held: Proposal, *, at: dt.datetime, actor: User | None) -> Proposal:
    """Take what came after the close as a suggestion with its whole text; who was still asked to second is no more."""
    move(
        held,
        "submit_late",
        actor=actor,
        why=f"晚于征集截止时间（{minute(held.drive.closes_at)}）提交",
        submitted_at=at,
        outcome=Outcome.LATE,
        version=held.version + 1,
    )
    _lapse_unanswered(held, actor=actor)
    return held


def is_checked_first(held: Proposal) -> bool:
    """Tell whether somebody else checks it for the delegation: a head's own and a delegation's as a body are not."""
    if not held.drive.precheck or held.as_body or held.delegation is None or held.proposer is None:
        return False
    heads = {held.delegation.head_id, held.delegation.deputy_id} - {None}
    return bool(heads) and held.proposer_id not in heads


def _ask_head(held: Proposal) -> None:
    head = held.delegation.head or held.delegation.deputy if held.delegation else None
    if head is not None:
        mail_people(
            [head.person],
            subject=f"有提案待您的代表团初审：{held.title}",
            text=f"请在 {minute(held.drive.closes_at)} 前登录平台审阅“{held.title}”并报送提案工作委员会。",
        )


@transaction.atomic
def pass_check(*, proposal: Proposal, actor: User | None, why: str = "", version: int | None = None) -> Proposal:
    """Pass a proposal from its delegation to the committee; after the close it becomes a suggestion.

    Raises Conflict when the text is not the one that was read (`version`).
    """
    held = hold(proposal, *_RELATED)
    if held.state != ProposalState.PRECHECK:
        raise Refused(f"该提案不在代表团初审阶段，当前为“{held.get_state_display()}”。")
    unchanged(held, version=version)
    now = timezone.now()
    if now > held.drive.closes_at:
        return become_suggestion(held, at=now, actor=actor)
    judge_seconders(held)
    move(
        held,
        "pass_check",
        actor=actor,
        why=why,
        submitted_at=now,
        number=number_for(held.drive),
        version=held.version + 1,
    )
    return held


@transaction.atomic
def return_to_author(*, proposal: Proposal, actor: User | None, why: str, version: int | None = None) -> None:
    """Give a proposal back to its author with what is to be mended; the signatures stay while the text does."""
    held = hold(proposal, *_RELATED)
    unchanged(held, version=version)
    words = need_words(why, message="请写明需要补充或修改的内容。", field_name="why")
    move(held, "return_to_author", actor=actor, why=words, version=held.version + 1)
    mail_people(
        authors(held),
        subject=f"代表团退回了您的提案：{held.title}",
        text=f"请修改“{held.title}”并在 {minute(held.drive.closes_at)} 前重新提交。退回意见：{words}",
    )


@transaction.atomic
def submit_again(*, proposal: Proposal, version: int | None, actor: User | None, why: str = "") -> Proposal:
    """Hand a returned proposal in again under its number; also after the close, for it came in time."""
    held = hold(proposal, *_RELATED)
    if held.state != ProposalState.RETURNED:
        raise Refused(f"该提案已提交过，当前为“{held.get_state_display()}”。")
    unchanged(held, version=version)
    judge_text(held)
    _judge_category(held)
    judge_seconders(held)
    _lapse_unanswered(held, actor=actor)
    move(held, "submit_again", actor=actor, why=why, version=held.version + 1)
    return held


@transaction.atomic
def withdraw(*, proposal: Proposal, version: int | None, actor: User | None, why: str = "") -> None:
    """Take a proposal back before the committee has decided; once submitted it needs a reason and stays countable."""
    held = hold(proposal)
    unchanged(held, version=version)
    if held.submitted_at:
        need_words(why, message="提案已提交，撤回须说明理由。", field_name="why")
    if held.recorded:
        raise Refused("这是往届会议补录的提案，不能再撤回。")
    if held.merged.exists():
        raise Refused("已有其他提案并入本提案，撤回前请先与提案工作委员会联系。")
    move(held, "withdraw", actor=actor, why=why.strip(), outcome=Outcome.WITHDRAWN, version=held.version + 1)
    lapse(
        held,
        states=[SecondingState.INVITED] if held.submitted_at else [SecondingState.INVITED, SecondingState.ACCEPTED],
        why="提案已撤回",
        actor=actor,
    )
