"""The use of a drive's money: approved by a second person and posted at once; the list that is shown to everybody."""

import datetime as dt

from django.db import transaction

from union_portal.accounts.models import User
from union_portal.base.errors import Refused
from union_portal.base.steps import hold, move
from welfare.books.models import LedgerAccount
from welfare.books.services import open_year
from welfare.donations.models import Donation, DonationDrive, DonationUse
from welfare.grants.services.four_eyes import own_and_kin, second_person
from welfare.ledger.enums import PostingKind
from welfare.ledger.services.posting import Approval, EntryLine, post


def may_decide(*, use: DonationUse, actor: User) -> None:
    """Raise Refused for whoever asked, who receives it, and kin of theirs."""
    second_person(prepared_by=use.asked_by_id, actor=actor)
    if use.person_id and own_and_kin(user=actor).filter(pk=use.person_id).exists():
        raise Refused("不能审批给本人或亲属的善款，请由同事审批。")


@transaction.atomic
def approve(*, subject: DonationUse, actor: User, account: LedgerAccount, posted_on: dt.date) -> DonationUse:
    """Approve and post under the drive's fund, once. Raises Refused, or a DomainError where too little is left."""
    drive = hold(subject.drive)
    held = hold(subject)
    held.machine.step(state=held.state, action="approve")
    may_decide(use=held, actor=actor)
    fund = drive.fund
    if fund is None:
        raise Refused("请先在捐款活动中填写资金来源。")
    open_year(book=fund.book, year=posted_on.year)
    posting = post(
        book=fund.book,
        posted_on=posted_on,
        kind=PostingKind.DONATION,
        summary=f"{drive}善款使用",
        entries=[EntryLine(account=account, fund=fund, amount=held.amount, occurred_on=posted_on)],
        approval=Approval(prepared_by=held.asked_by, approved_by=actor, posted_by=actor),
        source_key=f"donation_use:{held.pk}",
    )
    move(held, "approve", actor=actor, account=account, posted_on=posted_on, posting=posting)
    return held


@transaction.atomic
def decline(*, subject: DonationUse, actor: User, why: str) -> DonationUse:
    """Decline, as another person than who asked."""
    held = hold(subject)
    may_decide(use=held, actor=actor)
    move(held, "decline", actor=actor, why=why)
    return held


def shown_name(donation: Donation) -> str:
    """Return what everybody may read of a donor: of a person the first character alone, of a unit its name."""
    if donation.unnamed:
        return "爱心人士"
    if donation.person_id is None and donation.givers > 1:
        return donation.donor
    name = donation.person.name if donation.person else donation.donor
    return f"{name[0]}{'*' * (len(name) - 1)}"


def shown_list(drive: DonationDrive) -> list[tuple[object, ...]]:
    """Return the drive's list as it is made public: number, masked name, people, yuan, goods."""
    rows = drive.donations.select_related("person").order_by("given_on", "pk")
    return [(number, shown_name(one), one.givers, one.amount, one.goods) for number, one in enumerate(rows, start=1)]
