"""The official voucher, noted when finance has keyed it."""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction

from union_portal.base.errors import DomainError, Refused
from union_portal.base.steps import hold, saved
from welfare.books.models import Book
from welfare.ledger.models import Posting, VoucherNote

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User


_EARLY = "凭证日期早于台账单所属年度，请核对日期。"


@transaction.atomic
def note_voucher(*, posting: Posting, voucher_number: str, voucher_date: dt.date, noted_by: "User") -> VoucherNote:
    """Note number and date of the official voucher beside the posting; the latest note holds, earlier ones stay."""
    hold(posting.book)  # notes of one book are written one after another
    number = voucher_number.strip()
    if voucher_date.year < posting.year:
        raise DomainError(_EARLY, field="voucher_date")
    latest: VoucherNote | None = posting.vouchers.order_by("-noted_at", "-pk").first()
    if latest is not None and (latest.voucher_number, latest.voucher_date) == (number, voucher_date):
        return latest
    return saved(VoucherNote(posting=posting, voucher_number=number, voucher_date=voucher_date, noted_by=noted_by))


@transaction.atomic
def note_vouchers(*, notes: "Iterable[tuple[int, str, dt.date]]", noted_by: "User | None") -> int:
    """Note vouchers by posting's key, number and date, as finance's list tells them; return how many.

    Raises DomainError, naming the posting, for a date before its year; Refused where nobody is named who notes them.
    """
    if noted_by is None:
        raise Refused("请指明由谁登记凭证号。")
    told = list(notes)
    postings = Posting.objects.select_related("book").in_bulk([key for key, _number, _date in told])
    for key in sorted({one.book_id for one in postings.values()}):
        hold(Book(pk=key))
    for key, _number, date in told:
        if date.year < postings[key].year:
            raise DomainError(f"{postings[key]}：{_EARLY}", field="voucher_date")
    made = [
        VoucherNote(posting=postings[key], voucher_number=number.strip(), voucher_date=date, noted_by=noted_by)
        for key, number, date in told
    ]
    return len(VoucherNote.objects.bulk_create(made))
