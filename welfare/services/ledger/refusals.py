"""What the database refuses, said in words for people: constraint name → message."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from union_portal.base.errors import Refused

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

MESSAGES: "dict[str, _StrPromise]" = {
    "welfare_posting_has_entries": _("Nothing to post: the posting has no entries."),
    "welfare_posting_year_is_open": _(
        "The fiscal year is not open in this book, or the posting's day lies before it. Open the year, or correct a"
        " closed year by an adjustment in the open one."
    ),
    "welfare_posting_funds_of_its_book": _("A fund belongs to another book: choose a fund of the posting's book."),
    "welfare_posting_kind_fits_entries": _(
        "Reversals and other entries do not go into one posting, except in an adjustment of an earlier year."
    ),
    "welfare_posting_reopened_for_recording": _(
        "This year was reopened for later recording only: post other things into the open year."
    ),
    "welfare_posting_adjusts_earlier_years": _("An adjustment concerns earlier years only: post it as what it is."),
    "welfare_posting_closed_year_by_adjustment": _(
        "An entry concerns a closed year: post it as an adjustment in the open year, or let the chair reopen the year."
    ),
    "welfare_posting_grant_paid_once": _(
        "A grant of this posting is already paid: reverse that entry first when the payment came back."
    ),
    "welfare_posting_four_eyes": _("Two different people prepare and approve."),
    "welfare_posting_is_approved": _("A posting needs an approval, in the portal or on paper."),
    "welfare_entry_reversal_mirrors": _(
        "A reversal mirrors its entry: same account, fund, day and grant, the amount negative; a reversal itself"
        " cannot be reversed."
    ),
    "welfare_ledgerentry_reverses_id_key": _("An entry is already reversed; it can be reversed only once."),
    "welfare_entry_has_an_amount": _("An entry needs an amount."),
    "welfare_entry_sign": _("Entries are positive, reversals negative."),
    "welfare_entry_posting_is_sealed": _("A posting is never changed or added to: make a new one."),
}


@contextmanager
def in_words() -> Iterator[None]:
    """Turn the database's refusals into `Refused` with a message for people; stands outside the atomic block."""
    try:
        yield
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
        message = MESSAGES.get(name or "")
        if message is None:
            raise
        raise Refused(message, code=name or "") from error
