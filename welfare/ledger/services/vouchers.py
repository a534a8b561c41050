"""The official voucher, noted when finance has keyed it."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction

from union_portal.base.errors import DomainError
from union_portal.base.steps import hold, saved
from welfare.ledger.models import Posting, VoucherNote

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User


@transaction.atomic
def note_voucher(*, posting: Posting, voucher_number: str, voucher_date: dt.date, noted_by: "User") -> VoucherNote:
    """Note number and date of the official voucher beside the posting; the latest note holds, earlier ones stay."""
    hold(posting.book)  # notes of one book are written one after another
    number = voucher_number.strip()
    if voucher_date.year < posting.year:
        raise DomainError("凭证日期早于台账单所属年度，请核对日期。", field="voucher_date")
    latest = posting.vouchers.order_by("-noted_at", "-pk").first()
    if latest is not None and (latest.voucher_number, latest.voucher_date) == (number, voucher_date):
        return latest
    return saved(VoucherNote(posting=posting, voucher_number=number, voucher_date=voucher_date, noted_by=noted_by))
