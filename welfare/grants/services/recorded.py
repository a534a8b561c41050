"""Grants recorded from lists of earlier years, posted once their approval on paper is confirmed."""

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from union_portal.accounts.models import User
from union_portal.base.errors import Refused
from union_portal.base.steps import hold
from welfare.approvals.enums import ApprovalState
from welfare.approvals.models import PaperApproval
from welfare.benefits.enums import Category
from welfare.books.models import Fund
from welfare.books.services import open_year
from welfare.grants.enums import GIVEN, SUBJECT
from welfare.grants.models import Grant
from welfare.grants.services.paying import account_of
from welfare.ledger.enums import PostingKind
from welfare.ledger.models import LedgerEntry, Posting
from welfare.ledger.services.posting import Approval, EntryLine, post


def recorded_to_post(*, paper: PaperApproval | None = None) -> QuerySet[Grant]:
    """Return the recorded grants that a list wants in the ledger and that are in none of its entries that stand."""
    standing = LedgerEntry.objects.filter(subject_kind=SUBJECT, subject_id=OuterRef("pk")).standing()
    waiting = Grant.objects.filter(to_post=True, state__in=GIVEN, amount__gt=0)
    waiting = waiting.filter(paper_approval=paper) if paper is not None else waiting
    return waiting.exclude(Exists(standing))


def papers_to_post() -> QuerySet[PaperApproval]:
    """Return the confirmed approvals whose recorded grants wait for finance."""
    waiting = recorded_to_post().order_by().values("paper_approval")
    return PaperApproval.objects.filter(state=ApprovalState.CONFIRMED, pk__in=waiting)


@transaction.atomic
def post_recorded(*, paper: PaperApproval, posted_on: dt.date, actor: User) -> list[Posting]:
    """Post what waits for this approval into the union's fund: one posting for each year, of kind recorded.

    Raises Refused while the approval is not confirmed, and when nothing waits any more.
    """
    held = hold(paper)
    if not held.stands:
        raise Refused("线下审批尚未由另一人确认，不能记账。")
    fund = Fund.objects.select_related("book").get(code="UNION")
    by_year: dict[int, list[Grant]] = {}
    waiting = recorded_to_post(paper=held).select_related("benefit__account", "prepared_by").order_by("pk")
    for grant in waiting:
        by_year.setdefault(grant.granted_on.year, []).append(grant)
    if not by_year:
        raise Refused("这份线下审批名下没有待记台账的记录，可能已由同事记账。")
    made = []
    for year, due in sorted(by_year.items()):
        open_year(book=fund.book, year=year, actor=actor)
        made.append(_posted(held, fund, year, due, posted_on, actor))
    return made


def _posted(paper: PaperApproval, fund: Fund, year: int, due: list[Grant], posted_on: dt.date, actor: User) -> Posting:
    names = sorted({str(Category(grant.benefit.category).label) for grant in due})
    keys = [grant.pk for grant in due]
    times = Posting.objects.filter(source_key__startswith=f"recorded:{paper.pk}:{year}:").count()
    return post(
        book=fund.book,
        posted_on=posted_on,
        year=year,
        kind=PostingKind.RECORDED,
        summary=f"补录：{'、'.join(names)[:150]}",
        entries=[
            EntryLine(
                account=account_of(grant.benefit),
                fund=fund,
                amount=grant.amount or Decimal(0),
                occurred_on=grant.granted_on,
                subject=(SUBJECT, grant.pk),
            )
            for grant in due
        ],
        approval=Approval(prepared_by=due[0].prepared_by or paper.entered_by, posted_by=actor, paper=paper),
        source_key=f"recorded:{paper.pk}:{year}:{times + 1}:{keys[0]}-{keys[-1]}",
    )
