"""Goods bought for a round: recorded by invoice and posted."""

import datetime as dt
from decimal import Decimal

from django.core.files.base import File
from django.db import transaction

from union_portal.accounts.models import User
from union_portal.base.errors import Refused
from union_portal.base.money import grouped
from union_portal.base.steps import hold, move, record
from welfare.grants.models import Round
from welfare.grants.services.paying import FROM_ROSTER, account_of, approval_of, summary_of, year_for
from welfare.ledger.enums import PostingKind
from welfare.ledger.services.posting import EntryLine, post
from welfare.purchases.models import Purchase
from welfare.purchases.signals import invoice_entered


@transaction.atomic
def buy(  # noqa: PLR0913
    *,
    subject: Round,
    supplier: str,
    invoice_number: str,
    invoiced_on: dt.date,
    quantity: int,
    amount: Decimal,
    posted_on: dt.date,
    actor: User | None,
    goods: str = "",
    scan: File[bytes] | None = None,
) -> Purchase:
    """Record an invoice for a goods round and post it; the same invoice is taken once while it stands.

    Possible from the round's approval on. `amount` in yuan for the whole `quantity`.
    """
    held = hold(subject, "benefit__account", "occasion")
    move(held, "buy", actor=actor, why=f"购入 {quantity:,} 份，{grouped(amount)} 元")
    if held.benefit.form in FROM_ROSTER:
        raise Refused("慰问金和提货券按名册记账，不按发票记账。")
    purchase = record(
        Purchase(
            round=held,
            supplier=supplier.strip(),
            invoice_number=invoice_number.strip(),
            invoiced_on=invoiced_on,
            goods=goods or held.goods,
            quantity=quantity,
            amount=amount,
            scan=scan or "",
            entered_by=actor,
        ),
        actor=actor,
    )
    invoice_entered.send(sender=Purchase, purchase=purchase)
    year_for(held.book, posted_on)
    purchase.posting = post(
        book=held.book,
        posted_on=posted_on,
        kind=PostingKind.PURCHASE,
        summary=summary_of(held),
        entries=[
            EntryLine(
                account=account_of(held.benefit),
                fund=held.fund,
                amount=amount,
                occurred_on=min(held.handed_out_on or posted_on, posted_on),
            )
        ],
        approval=approval_of(held, posted_by=actor),
        source_key=f"purchase:{purchase.pk}",
    )
    purchase.save(update_fields=["posting"])
    return purchase


@transaction.atomic
def keep_scan(*, purchase: Purchase, scan: File[bytes]) -> Purchase:
    """Keep the scan of an invoice that was entered without one. Raises Refused when there is one already."""
    held = hold(purchase)
    if held.scan:
        raise Refused("该发票已有扫描件。", field="purchase")
    held.scan = scan
    held.save(update_fields=["scan"])
    return held
