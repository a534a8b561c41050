"""Money asked for by one person: approved by another, who posts it at once; asked for anew, declined."""

import datetime as dt
from decimal import Decimal
from typing import Any, TypeVar

from django.db import transaction

from union_portal.accounts.models import User
from union_portal.base.errors import Refused
from union_portal.base.steps import hold, move
from welfare.books.models import Fund, LedgerAccount
from welfare.books.services import open_year
from welfare.grants.services.four_eyes import own_and_kin, second_person
from welfare.ledger.enums import PostingKind
from welfare.ledger.services.posting import Approval, EntryLine, post
from welfare.payouts.models import Payout

P = TypeVar("P", bound=Payout)


def may_decide(*, payout: Any, actor: User) -> None:
    """Raise Refused for whoever asked, who gets the money, and kin of theirs."""
    second_person(prepared_by=payout.asked_by_id, actor=actor)
    person = getattr(payout, "person_id", None)
    if person and own_and_kin(user=actor).filter(pk=person).exists():
        raise Refused("不能审批给本人或亲属的款项，请由同事审批。")


@transaction.atomic
def approve(*, subject: P, actor: User, fund: Fund, account: LedgerAccount, posted_on: dt.date) -> P:
    """Approve and post, once. Raises Refused for whom `may_decide` refuses and for what the ledger's rules refuse."""
    held: Any = hold(subject)
    held.machine.step(state=held.state, action="approve")
    may_decide(payout=held, actor=actor)
    open_year(book=fund.book, year=posted_on.year)
    times = held.moves.filter(action="approve").count()
    posting = post(
        book=fund.book,
        posted_on=posted_on,
        kind=PostingKind.GRANT,
        summary=str(held._meta.verbose_name),  # noqa: SLF001
        entries=[EntryLine(account=account, fund=fund, amount=held.yuan_asked, occurred_on=posted_on)],
        approval=Approval(prepared_by=held.asked_by, approved_by=actor, posted_by=actor),
        source_key=f"{held._meta.model_name}:{held.pk}:{times + 1}",  # noqa: SLF001
    )
    move(held, "approve", actor=actor, fund=fund, account=account, posted_on=posted_on, posting=posting)
    return held  # type: ignore[no-any-return]


@transaction.atomic
def decline(*, subject: P, actor: User, why: str) -> P:
    """Decline, as another person than who asked."""
    held = hold(subject)
    may_decide(payout=held, actor=actor)
    move(held, "decline", actor=actor, why=why)
    return held


@transaction.atomic
def ask(*, subject: P, actor: User, amount: Decimal, why: str) -> P:
    """Ask for the money, or for another sum; whoever asks now approves nothing. Raises DomainError for no sum."""
    held: Any = hold(subject)
    move(held, "ask", actor=actor, why=why, amount=amount, asked_by=actor, posting=None)
    return held  # type: ignore[no-any-return]
