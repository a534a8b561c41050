"""Finding postings as people name them: by number, invoice, supplier, voucher, words or amount."""

import re
from decimal import Decimal, InvalidOperation

from django.db.models import Q, QuerySet

from welfare.ledger.models import LedgerEntry, Posting

_NUMBER = re.compile(r"^(\d{4})-(\d{1,8})$")
_WORDS = (
    "summary__icontains",
    "source_key",
    "purchase__invoice_number__icontains",
    "purchase__supplier__icontains",
    "request__document__icontains",
    "vouchers__voucher_number__icontains",
)


def found_postings(words: str, *, by_entry: bool = True) -> "QuerySet[Posting]":
    """Return the postings that every word of the search fits; by the amount of one entry too, which reads them all."""
    rows = Posting.objects.all()
    for word in words.split():
        rows = rows.filter(pk__in=Posting.objects.filter(_fits(word, by_entry=by_entry)).values("pk"))
    return rows


def _fits(word: str, *, by_entry: bool) -> Q:
    number = _NUMBER.match(word)
    if number:
        return Q(year=int(number[1]), number=int(number[2]))
    fits = Q()
    for path in _WORDS:
        fits |= Q(**{path: word})
    amount = _amount(word)
    if amount is not None:
        fits |= Q(total=amount)
        if by_entry:
            fits |= Q(pk__in=LedgerEntry.objects.filter(amount=amount).values("posting"))
    if word.isdecimal() and len(word) < 9:
        fits |= Q(number=int(word))
    return fits


def _amount(word: str) -> Decimal | None:
    try:
        amount = Decimal(word.replace(",", "").replace("，", "").removesuffix("元"))
    except InvalidOperation:
        return None
    fits = amount.is_finite() and abs(amount) < Decimal(10) ** 12 and amount == round(amount, 2)
    return amount if fits else None
