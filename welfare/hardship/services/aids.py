"""Aids: proposed and judged, approved by a second person, paid through the ledger."""

import datetime as dt

from django.db import transaction

from members.people.models import Person
from union_portal.accounts.models import User
from union_portal.base.errors import DomainError, Refused
from union_portal.base.steps import hold, move, record
from welfare.books.enums import AccountKind
from welfare.books.models import Fund, LedgerAccount
from welfare.books.services import open_year
from welfare.grants.services.four_eyes import own_and_kin, second_person
from welfare.hardship.enums import SUBJECT, AidPayer, FileState
from welfare.hardship.models import HardshipAid
from welfare.hardship.services.assessing import objections_to
from welfare.ledger.enums import PostingKind
from welfare.ledger.models import LedgerEntry
from welfare.ledger.services.posting import Approval, EntryLine, post


@transaction.atomic
def propose(*, aid: HardshipAid, actor: User) -> HardshipAid:
    """Enter an aid: what the standards object to needs a reason and a document. Raises DomainError at the field."""
    if aid.file is not None:
        # Aids of one file are judged one after another.
        aid.file = hold(aid.file)
        if aid.file.state != FileState.LISTED:
            raise DomainError(f"困难档案{aid.file.get_state_display()}，在册后才能据以帮扶。", field="file")
    objections = objections_to(aid) if aid.amount else []
    if objections and not (aid.reason.strip() and aid.document.strip()):
        missing = "reason" if not aid.reason.strip() else "document"
        raise DomainError(f"{''.join(objections)}仍要发放的，请写明理由和依据文件。", field=missing)
    aid.objections = "\n".join(objections)
    if aid.person_id and aid.asked_on:
        aid.branch_id = Person.objects.with_branch(on=aid.asked_on).get(pk=aid.person_id).branch_id_on
    aid.prepared_by = actor
    return record(aid, actor=actor)


def may_approve(*, aid: HardshipAid, actor: User) -> None:
    """Raise Refused for whoever prepared the aid, and for the person and kin."""
    second_person(prepared_by=aid.prepared_by_id, actor=actor)
    if own_and_kin(user=actor).filter(pk=aid.person_id).exists():
        raise Refused("不能审批本人或亲属的帮扶，请由同事审批。")


@transaction.atomic
def approve(*, subject: HardshipAid, actor: User) -> HardshipAid:
    """Approve an aid as a second person."""
    held = hold(subject)
    held.machine.step(state=held.state, action="approve")
    may_approve(aid=held, actor=actor)
    move(held, "approve", actor=actor, approved_by=actor)
    return held


@transaction.atomic
def decline(*, subject: HardshipAid, actor: User, why: str) -> HardshipAid:
    """Decline an aid, with the reason, as a second person."""
    held = hold(subject)
    held.machine.step(state=held.state, action="decline")
    may_approve(aid=held, actor=actor)
    move(held, "decline", actor=actor, why=why)
    return held


def may_pay(*, aid: HardshipAid, actor: User) -> None:
    """Raise Refused for whoever prepared the aid: nobody pays alone."""
    if aid.prepared_by_id == actor.pk:
        raise Refused("经办人不能发放自己经办的帮扶，请由同事办理。")


@transaction.atomic
def pay(
    *,
    subject: HardshipAid,
    actor: User,
    given_on: dt.date,
    fund: Fund | None = None,
    account: LedgerAccount | None = None,
) -> HardshipAid:
    """Register that an aid was given; with a fund it is posted, once until the entry is reversed.

    The union's own money is always posted; what a higher union or the school paid out itself names no fund. Each of
    the three payers has books of its own. Raises DomainError at the field.
    """
    held = hold(subject)
    held.machine.step(state=held.state, action="pay")
    may_pay(aid=held, actor=actor)
    if given_on < held.asked_on:
        raise DomainError("发放日期早于申请日期。", field="given_on")
    if fund is None and held.payer == AidPayer.UNION:
        raise DomainError("本级工会的帮扶须记入台账，请选择资金来源。", field="fund")
    move(held, "pay", actor=actor, given_on=given_on, fund=fund, account=account)
    if fund is not None:
        _post(held, fund, account, given_on, actor)
    return held


def _post(held: HardshipAid, fund: Fund, account: LedgerAccount | None, on: dt.date, actor: User) -> None:
    if account is None or account.kind != AccountKind.EXPENSE:
        raise DomainError("请选择支出类科目。", field="account")
    # The books' rows are the locks: two payers never enter one book at once.
    hold(fund.book)
    others = HardshipAid.objects.given().filter(fund__book=fund.book).exclude(payer=held.payer).first()
    if others is not None:
        raise DomainError(
            f"“{fund.book}”已用于{others.get_payer_display()}的帮扶；三种来源分账，请选择另一本账的资金。", field="fund"
        )
    times = LedgerEntry.objects.paying(SUBJECT, [held.pk]).filter(reverses__isnull=False).count()
    open_year(book=fund.book, year=on.year)
    post(
        book=fund.book,
        posted_on=on,
        kind=PostingKind.GRANT,
        summary=held.get_kind_display(),
        entries=[EntryLine(account=account, fund=fund, amount=held.amount, occurred_on=on, subject=(SUBJECT, held.pk))],
        approval=Approval(prepared_by=held.prepared_by, approved_by=held.approved_by, posted_by=actor),
        source_key=f"aid:{held.pk}:{times + 1}",
    )


def may_cancel(*, aid: HardshipAid) -> None:
    """Raise Refused while the ledger holds its payment."""
    if LedgerEntry.objects.paying(SUBJECT, [aid.pk]).standing().exists():
        raise Refused("这项帮扶已记入台账，请先由财务冲销，再取消。")


@transaction.atomic
def cancel(*, subject: HardshipAid, actor: User, why: str) -> HardshipAid:
    """Give an aid up, with the reason; what is in the ledger is reversed first."""
    held = hold(subject)
    may_cancel(aid=held)
    move(held, "cancel", actor=actor, why=why)
    return held
