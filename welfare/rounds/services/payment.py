"""A round and the ledger: posted once from its roster or by invoices, the bank's list, payments that came back."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Least

from union_portal.accounts.models import User
from union_portal.base.errors import Refused
from union_portal.base.money import grouped
from union_portal.base.sql import among
from union_portal.base.steps import move
from welfare.benefits.enums import Form
from welfare.grants.enums import SUBJECT, GrantState, RoundState
from welfare.grants.models import Grant, GrantMove, Round
from welfare.grants.services.departed import to_look_at
from welfare.grants.services.paying import (
    FROM_ROSTER,
    account_of,
    approval_of,
    pay_grant,
    summary_of,
    take_back_entry,
    year_for,
)
from welfare.ledger.enums import PostingKind
from welfare.ledger.models import LedgerEntry, Posting
from welfare.ledger.services.posting import post_from_query
from welfare.rounds.services.holding import hold_on_roster, hold_round, require

WAITING = (GrantState.DUE, GrantState.RETURNED)


def roster_key(round_: Round) -> str:
    """Return the source key under which the round's roster is posted, once until it is reversed whole."""
    return f"round:{round_.pk}"


def standing_posting(*, round_: Round) -> Posting | None:
    """Return the posting of the round's roster as far as anything of it stands."""
    standing = LedgerEntry.objects.filter(posting=OuterRef("pk")).standing()
    return _postings(round_).filter(Exists(standing)).order_by("pk").last()


def left_to_post(*, round_: Round) -> bool:
    """Whether the roster is still to be posted: nothing of it stands, and not everybody was paid singly since."""
    return standing_posting(round_=round_) is None and _unposted(round_).exists()


def _postings(round_: Round) -> "QuerySet[Posting]":
    key = roster_key(round_)
    return Posting.objects.filter(Q(source_key=key) | Q(source_key__startswith=f"{key}:"))


def _unposted(round_: Round) -> "QuerySet[Grant]":
    """Return whom a posting of the roster pays: who came back from the bank is paid again singly, as is who was."""
    paid: QuerySet[Grant] = round_.grants.filter(state__in=[*WAITING, GrantState.RECEIVED], amount__gt=0)
    if not _postings(round_).exists():
        return paid
    last = GrantMove.objects.filter(subject=OuterRef("pk")).order_by("-pk").values("action")[:1]
    by_bank = Q(state=GrantState.RETURNED, moved_last="return")
    singly = LedgerEntry.objects.paying(SUBJECT, round_.grants.values("pk")).standing()
    paid = paid.alias(moved_last=Subquery(last)).exclude(by_bank)
    return paid.exclude(pk__in=singly.values("subject_id"))


@transaction.atomic
def post_roster(*, subject: Round, on: dt.date, actor: User | None) -> Posting:
    """Post an approved cash or coupon round from its roster, one entry per person, once however often it is asked.

    Cash counts as received with it; coupons are marked when they are collected. A second call, from another browser
    too, returns the posting already there and changes nothing. What was reversed whole is posted anew, for everybody
    who was not paid singly since.
    Raises Refused for goods, for a round that is not approved and for an account or year that takes no postings.
    """
    held = hold_round(subject)
    if held.benefit.form not in FROM_ROSTER:
        raise Refused("实物按发票记账，不按名册记账。")
    present = standing_posting(round_=held)
    if present is not None:
        return present
    held.machine.step(state=held.state, action="post")
    paid, key = _unposted(held), roster_key(held)
    keys = list(paid.order_by().values_list("pk", flat=True))
    if not keys:
        raise Refused("名册中没有待记入台账的人员；退票的请在名册中逐人重新发放。")
    if times := _postings(held).count():
        key = f"{key}:{times + 1}"
    year_for(held.book, on)
    rows = (
        paid.annotate(
            kind=Value(SUBJECT),
            account=Value(account_of(held.benefit).pk),
            fund=Value(held.fund_id),
            concerns=Least(F("granted_on"), Value(on)),
        )
        .order_by()
        .values_list("kind", "pk", "account", "fund", "amount", "concerns")
    )
    posting = post_from_query(
        book=held.book,
        posted_on=on,
        kind=PostingKind.ROUND,
        summary=summary_of(held),
        rows=rows,
        approval=approval_of(held, posted_by=actor),
        source_key=key,
    )
    move(held, "post", actor=actor, why=f"{posting}：{posting.entry_count:,} 人，{grouped(posting.total)} 元")
    if held.benefit.form == Form.CASH:
        held.grants.filter(among("pk", keys), state__in=WAITING).update(state=GrantState.RECEIVED, received_on=on)
    return posting


@dataclass(frozen=True)
class PayoutLine:
    """One line of the bank's list; `card` is the full number, so whoever makes the list logs the export."""

    grant_id: int
    staff_number: str
    name: str
    branch: str
    bank: str
    card: str
    amount: Decimal
    remark: str = ""


def payout_list(*, round_: Round, paid_too: bool = False) -> list[PayoutLine]:
    """Return whom the bank pays how much: everybody due and everybody whose payment came back; three queries at most.

    With `paid_too` also who counts as paid since the posting. A line without a card has `card` ''; the remark says so,
    and who has died or left.
    Raises Refused unless the round is an approved cash round in which somebody waits for the bank.
    """
    require(round_, RoundState.APPROVED)
    if round_.benefit.form != Form.CASH:
        raise Refused("只有慰问金批次通过银行代发。")
    states = [GrantState.DUE, GrantState.RETURNED, *([GrantState.RECEIVED] if paid_too else [])]
    waiting = round_.grants.filter(state__in=states, amount__gt=0)
    departed = set(to_look_at(grants=waiting).values_list("pk", flat=True))
    lines = [
        PayoutLine(
            grant_id=grant.pk,
            staff_number=grant.person.staff_number or "",
            name=grant.person.name,
            branch=grant.branch.name if grant.branch else "",
            bank=grant.person.bank_name,
            card=grant.person.bank_card or "",
            amount=grant.amount or Decimal("0.00"),
            remark=_remark(grant, departed=grant.pk in departed),
        )
        for grant in waiting.select_related("person", "branch").order_by("branch__code", "person__pinyin_key", "pk")
    ]
    if not lines:
        raise Refused("没有待银行发放的人员；如需再次导出已发放人员，请勾选“包括已记账发放的人员”。")
    return lines


def _remark(grant: Grant, *, departed: bool) -> str:
    died = grant.person.died_on
    gone = (f"已于 {died} 去世，请核对" if died else "现已不是会员，请核对") if departed else ""
    return "；".join(part for part in (gone, "" if grant.person.bank_card else "登记信息中无银行卡号") if part)


@transaction.atomic
def return_payment(*, subject: Grant, on: dt.date, why: str, actor: User | None) -> Grant:
    """Mark a bank payment as returned (退票): reverses that one entry and lets the grant be paid again.

    The reason names the bank's notice, no person.
    """
    round_, held = hold_on_roster(subject, RoundState.APPROVED, RoundState.CLOSED)
    if held.form != Form.CASH:
        raise Refused("只有慰问金会发生退票。")
    move(held, "return", actor=actor, why=why, received_on=None)
    take_back_entry(grant=held, on=on, reason=why, approved=lambda: approval_of(round_, posted_by=actor))
    return held


@transaction.atomic
def pay_again(*, subject: Grant, on: dt.date, actor: User | None) -> Posting | None:
    """Pay a returned grant again: a posting of its own, and the grant counts as received on the day."""
    round_, held = hold_on_roster(subject, RoundState.APPROVED, RoundState.CLOSED)
    if held.state != GrantState.RETURNED:
        raise Refused("只有已退票的才能重新发放。")
    move(held, "receive", actor=actor, received_on=on)
    approval = approval_of(round_, posted_by=actor)
    return pay_grant(grant=held, fund=round_.fund, on=on, approval=approval, kind=PostingKind.ROUND)


@transaction.atomic
def take_back(*, subject: Grant, on: dt.date, why: str, actor: User | None) -> Grant:
    """Give a released grant up (an adjustment of the round), with the reason; a living entry is reversed."""
    round_, held = hold_on_roster(subject, RoundState.APPROVED, RoundState.CLOSED)
    move(held, "cancel", actor=actor, why=why, reason=why[:200])
    take_back_entry(grant=held, on=on, reason=why, approved=lambda: approval_of(round_, posted_by=actor))
    return held
