"""Approving and declining a payment: a second person, neither the receiver nor kin, and one posting."""

import datetime as dt
from typing import Any, TypeVar

from django.db import transaction

from union_portal.accounts.models import User
from union_portal.base.errors import Refused
from union_portal.base.steps import hold, move
from welfare.books.models import Fund, LedgerAccount
from welfare.books.services import open_year
from welfare.grants.services.four_eyes import own_and_kin, second_person
from welfare.ledger.services.posting import Approval, EntryLine, post
from welfare.payments.models import Payment

P = TypeVar("P", bound=Payment)


def may_decide(*, payment: Payment, actor: User) -> None:
    """Raise Refused for whoever asked, who gets the money, and kin of theirs."""
    second_person(prepared_by=payment.asked_by_id, actor=actor)
    person = getattr(payment, "person_id", None)
    if person and own_and_kin(user=actor).filter(pk=person).exists():
        raise Refused("不能审批给本人或亲属的款项，请由同事审批。")


def may_pay(*, payment: Payment, actor: User) -> None:
    """Raise Refused as `may_decide`, and for what cannot be posted yet."""
    may_decide(payment=payment, actor=actor)
    words = payment.obstacle()
    if words:
        raise Refused(words)


@transaction.atomic
def approve(*, subject: P, actor: User, account: LedgerAccount, posted_on: dt.date, fund: Fund | None = None) -> P:
    """Approve and post, once, under this fund or the owner's.

    Raises Refused for whom `may_pay` refuses and for what the ledger's rules refuse.
    """
    if subject.owner:
        hold(subject.owned_by)
    held: Any = hold(subject)
    held.machine.step(state=held.state, action="approve")
    may_pay(payment=held, actor=actor)
    chosen: dict[str, Any] = {"fund": fund} if fund is not None else {}
    source = fund or held.fund
    open_year(book=source.book, year=posted_on.year)
    times = held.moves.filter(action="approve").count()
    posting = post(
        book=source.book,
        posted_on=posted_on,
        kind=held.posting_kind,
        summary=held.summary[:200],
        entries=[EntryLine(account=account, fund=source, amount=held.amount, occurred_on=posted_on)],
        approval=Approval(prepared_by=held.asked_by, approved_by=actor, posted_by=actor),
        source_key=f"{held._meta.model_name}:{held.pk}:{times + 1}",  # noqa: SLF001
    )
    move(held, "approve", actor=actor, account=account, posted_on=posted_on, posting=posting, **chosen)
    return held  # type: ignore[no-any-return]


@transaction.atomic
def decline(*, subject: P, actor: User, why: str) -> P:
    """Decline, as another person than who asked."""
    held = hold(subject)
    may_decide(payment=held, actor=actor)
    move(held, "decline", actor=actor, why=why)
    return held
