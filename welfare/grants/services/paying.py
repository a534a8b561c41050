"""What rounds and cases share when they meet the ledger: the account, the approval, one grant paid and taken back."""

import datetime as dt
from collections.abc import Callable, Iterable

from union_portal.accounts.models import User
from union_portal.base.errors import DomainError, Refused
from union_portal.base.steps import take_all
from welfare.benefits.enums import Form
from welfare.benefits.models import Benefit
from welfare.books.models import Book, Fund, LedgerAccount
from welfare.books.services import open_year
from welfare.grants.enums import SUBJECT, RoundState
from welfare.grants.models import Grant, Round
from welfare.ledger.enums import PostingKind
from welfare.ledger.models import LedgerEntry, Posting
from welfare.ledger.services.posting import Approval, EntryLine, post
from welfare.ledger.services.reversal import reverse_entries


def account_of(benefit: Benefit) -> LedgerAccount:
    """Return the benefit's account; raise DomainError while it has none."""
    if benefit.account is None:
        raise DomainError(f"“{benefit}”尚未设置科目，请先在福利目录中设置。")
    return benefit.account


def approval_of(subject: Round | Grant, *, posted_by: User | None) -> Approval:
    """Return who prepared and approved the round or the case, and who posts, for its postings.

    Raises Refused while nobody approved it but on paper, and that has not been confirmed.
    """
    paper = None if subject.approved_by_id else subject.paper_approval
    if subject.approved_by_id is None and (paper is None or not paper.stands):
        words = "线下审批尚未由另一人确认" if paper is not None else "尚无审批，请先在批次页面登记线下审批"
        raise Refused(f"{words}，不能记账。" if paper is not None else f"{words}，由另一人确认后再办理。")
    return Approval(prepared_by=subject.prepared_by, approved_by=subject.approved_by, posted_by=posted_by, paper=paper)


def year_for(book: Book, day: dt.date) -> None:
    """Open the book's fiscal year of the day when it has none yet; a closed one stays closed."""
    open_year(book=book, year=day.year)


def summary_of(round_: Round) -> str:
    """Return the posting's summary: occasion and benefit, never a person."""
    return round_.benefit.given_on(round_.occasion)[:200]


def live_entries(grants: Iterable[int]) -> list[LedgerEntry]:
    """Return the grants' entries that are not reversed."""
    return list(LedgerEntry.objects.paying(SUBJECT, list(grants)).standing())


def pay_grant(
    *, grant: Grant, fund: Fund, on: dt.date, approval: Approval, kind: PostingKind = PostingKind.GRANT
) -> Posting | None:
    """Post one grant, once while it is not taken back; a grant without an amount posts nothing.

    The source key counts how often the grant has been taken back, so that paying again makes a posting of its own.
    """
    if not grant.amount:
        return None
    times = LedgerEntry.objects.paying(SUBJECT, [grant.pk]).filter(reverses__isnull=False).count()
    year_for(fund.book, on)
    return post(
        book=fund.book,
        posted_on=on,
        kind=kind,
        summary=summary_of(grant.round) if grant.round else grant.benefit.get_category_display(),
        entries=[
            EntryLine(
                account=account_of(grant.benefit),
                fund=fund,
                amount=grant.amount,
                occurred_on=min(grant.granted_on, on),
                subject=(SUBJECT, grant.pk),
            )
        ],
        approval=approval,
        source_key=f"grant:{grant.pk}:{times + 1}",
    )


def take_back_entry(*, grant: Grant, on: dt.date, reason: str, approved: Callable[[], Approval]) -> Posting | None:
    """Reverse the grant's living entry, if it has one; only then is the approval asked for."""
    entries = live_entries([grant.pk])
    if not entries:
        return None
    return reverse_entries(entries=entries, reason=reason, posted_on=on, approval=approved())


# Only these are posted from the roster; goods are posted by invoice.
FROM_ROSTER = (Form.CASH, Form.COUPON)


def reopen_rounds(rounds: Iterable[int], *, actor: User | None, why: str) -> None:
    """Open those of the rounds that are closed: what they were reconciled by no longer stands."""
    closed = Round.objects.filter(pk__in=list(rounds), state=RoundState.CLOSED)
    if closed.exists():
        take_all(closed, action="reopen", actor=actor, why=why)
