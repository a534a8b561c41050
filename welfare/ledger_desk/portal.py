"""Postings in the desk's search: by number, invoice, supplier, voucher, words or total."""

from collections.abc import Iterator

from django.urls import reverse

from union_portal.accounts.models import User
from union_portal.base.money import grouped
from union_portal.base.portal import FOUND_OF_A_KIND, Contribution, Found, contribute
from welfare.ledger_desk.services.searching import found_postings


def finds(user: User, words: str) -> Iterator[Found]:
    """Yield the postings that fit, the newest first."""
    if not user.has_perm("welfare.view_posting"):
        return
    found = found_postings(words, by_entry=False).select_related("book")
    for one in found.order_by("-posted_on", "-pk")[:FOUND_OF_A_KIND]:
        yield Found(
            title=str(one),
            kind="台账单",
            address=reverse("admin:welfare_posting_change", args=[one.pk]),
            detail=f"{one.summary} · {grouped(one.total)} 元",
            icon="receipt_long",
        )


contribute(Contribution(finds=finds))
