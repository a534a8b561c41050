"""Requests: asked for by finance, approved by a second person, posted once."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from union_portal.accounts.models import User
from union_portal.base.errors import DomainError, Refused
from union_portal.base.steps import hold, move, record
from welfare.books.enums import AccountKind, YearState
from welfare.books.models import FiscalYear, Fund, LedgerAccount
from welfare.books.services import open_year
from welfare.ledger.enums import PostingKind
from welfare.ledger.models import LedgerEntry, Posting
from welfare.ledger.services.posting import Approval, EntryLine, post
from welfare.ledger.services.reversal import reverse_entries
from welfare.posting_requests.enums import RequestKind, RequestState
from welfare.posting_requests.models import PostingRequest, RequestedEntry

# The account of the net assets under which a fund's opening balance stands.
OPENING_ACCOUNT = "322"


@transaction.atomic
def request_reversal(
    *,
    entries: Iterable[LedgerEntry],
    reason: str,
    document: str,
    posted_on: dt.date,
    actor: User,
    scan: Any = None,
) -> PostingRequest:
    """Ask that entries of one posting be taken back.

    Raises DomainError for no entries, entries of several postings, a day to come; Refused for what is reversed
    already, reverses something itself, or is asked for already.
    """
    chosen = list(LedgerEntry.objects.filter(pk__in=[entry.pk for entry in entries]).order_by("pk"))
    if not chosen:
        raise DomainError("请勾选要冲销的明细。", field="entries")
    if len({entry.posting_id for entry in chosen}) > 1:
        raise DomainError("一次只能冲销同一张台账单的明细。", field="entries")
    # Two who ask at once wait for each other.
    keys = [entry.pk for entry in chosen]
    hold(chosen[0].posting.book)
    if LedgerEntry.objects.filter(pk__in=keys).standing().count() != len(keys):
        raise Refused("其中有明细已经冲销，或本身就是冲销，请刷新页面后重新勾选。")
    waiting = PostingRequest.objects.filter(state=RequestState.REQUESTED, entries__entry__in=keys).first()
    if waiting is not None:
        raise Refused(f"其中有明细已在申请冲销，等待审批：{waiting}。")
    made = record(
        PostingRequest(
            kind=RequestKind.REVERSAL,
            amount=sum((entry.amount for entry in chosen), start=Decimal("0.00")),
            reason=reason.strip(),
            document=document.strip(),
            scan=scan or "",
            posted_on=_past(posted_on, "posted_on"),
            requested_by=actor,
        ),
        actor=actor,
    )
    RequestedEntry.objects.bulk_create(RequestedEntry(request=made, entry_id=key) for key in keys)
    return made


@transaction.atomic
def request_income(*, fund: Fund, account: LedgerAccount, actor: User, **told: Any) -> PostingRequest:
    """Ask that income be posted; `told` are the request's other fields. Raises DomainError at the field."""
    if account.kind != AccountKind.INCOME:
        raise DomainError("请选择收入类科目。", field="account")
    _past(told["occurred_on"], "occurred_on")
    _past(told["posted_on"], "posted_on")
    if told["posted_on"] < told["occurred_on"]:
        raise DomainError("记账日期早于到账日期。", field="posted_on")
    made = PostingRequest(kind=RequestKind.INCOME, fund=fund, account=account, requested_by=actor, **_filed(told))
    return record(made, actor=actor)


@transaction.atomic
def request_opening(*, fund: Fund, posted_on: dt.date, actor: User, **told: Any) -> PostingRequest:
    """Ask that the fund's balance at the beginning of the day's year be posted, once a fund."""
    account = LedgerAccount.objects.filter(code=OPENING_ACCOUNT).first()
    if account is None:
        raise Refused(f"科目表中没有结余科目 {OPENING_ACCOUNT}，请先在科目中补上。")
    made = PostingRequest(
        kind=RequestKind.OPENING,
        fund=fund,
        account=account,
        occurred_on=_past(posted_on, "posted_on").replace(month=1, day=1),
        posted_on=posted_on,
        requested_by=actor,
        **_filed(told),
    )
    return record(made, actor=actor)


@transaction.atomic
def approve(*, subject: PostingRequest, actor: User) -> PostingRequest:
    """Approve and post, once; raises Refused for whoever asked, and for what the ledger's rules refuse."""
    held = hold(subject)
    held.machine.step(state=held.state, action="approve")
    may_decide(asked=held, actor=actor)
    approval = Approval(prepared_by=held.requested_by, approved_by=actor, posted_by=actor)
    posting = _reverse(held, approval) if held.kind == RequestKind.REVERSAL else _post(held, approval)
    move(held, "approve", actor=actor, why=str(posting or ""), decided_by=actor, posting=posting)
    return held


@transaction.atomic
def decline(*, subject: PostingRequest, actor: User, why: str) -> PostingRequest:
    """Decline, with the reason, as another person than who asked."""
    held = hold(subject)
    held.machine.step(state=held.state, action="decline")
    may_decide(asked=held, actor=actor)
    move(held, "decline", actor=actor, why=why, decided_by=actor)
    return held


@transaction.atomic
def withdraw(*, subject: PostingRequest, actor: User, why: str) -> PostingRequest:
    """Take one's own request back."""
    held = hold(subject)
    may_withdraw(asked=held, actor=actor)
    move(held, "withdraw", actor=actor, why=why)
    return held


def _reverse(held: PostingRequest, approval: Approval) -> Posting:
    must_stand(held)
    entries = list(LedgerEntry.objects.filter(requests__request=held))
    open_year(book=entries[0].posting.book, year=held.posted_on.year)
    return reverse_entries(
        entries=entries,
        reason=held.reason,
        posted_on=held.posted_on,
        approval=approval,
        source_key=f"request:{held.pk}",
    )


def _post(held: PostingRequest, approval: Approval) -> Posting | None:
    """Post income or an opening balance; nothing is posted for a fund that began with nothing."""
    fund, account, day = held.fund, held.account, held.occurred_on
    if fund is None or account is None or day is None:
        raise DomainError("请填写资金来源、科目和日期。")
    if not held.amount:
        return None
    year = held.posted_on.year
    open_year(book=fund.book, year=year)
    closed = FiscalYear.objects.filter(book=fund.book, year=day.year, state=YearState.CLOSED)
    kind = PostingKind.OPENING if held.kind == RequestKind.OPENING else PostingKind.INCOME
    if day.year < year and closed.exists():
        kind = PostingKind.ADJUSTMENT
    return post(
        book=fund.book,
        posted_on=held.posted_on,
        kind=kind,
        summary=f"{fund}期初结余" if held.kind == RequestKind.OPENING else f"{account.name}（{day.isoformat()} 到账）",
        entries=[EntryLine(account=account, fund=fund, amount=held.amount, occurred_on=day)],
        approval=approval,
        source_key=f"request:{held.pk}",
    )


def may_decide(*, asked: PostingRequest, actor: User) -> None:
    """Raise Refused for whoever asked."""
    if asked.requested_by_id == actor.pk:
        raise Refused("申请人不能审批自己的申请，请由同事审批。")


def may_withdraw(*, asked: PostingRequest, actor: User) -> None:
    """Raise Refused for everybody else."""
    if asked.requested_by_id != actor.pk:
        raise Refused("只能撤回自己的申请；不同意的，请由审批人不予批准。")


def must_stand(asked: PostingRequest) -> None:
    """Raise Refused when an entry to be reversed has been reversed by another posting."""
    entries = LedgerEntry.objects.filter(requests__request=asked)
    if entries.exclude(pk__in=entries.standing().values("pk")).exists():
        raise Refused("其中有明细已由其他台账单冲销，请不予批准后重新申请。")


def _past(day: dt.date, field: str) -> dt.date:
    if day > timezone.localdate():
        raise DomainError("日期不能晚于今天。", field=field)
    return day


def _filed(told: dict[str, Any]) -> dict[str, Any]:
    return {**told, "scan": told.get("scan") or ""}
