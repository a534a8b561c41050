"""What was bought: an invoice taken once, nothing split, what a threshold asks for, gifts spent once."""

from collections.abc import Callable, Iterator

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Length

from union_portal.base.money import grouped
from welfare.audit.services.matters import Matter, in_year, who
from welfare.donations.models import DonationDrive
from welfare.health_checks.models import CheckBooking
from welfare.payments.enums import SPOKEN_FOR
from welfare.procurement.models import Invoice, Procurement
from welfare.procurement.services import hint, missing
from welfare.purchases.models import Purchase

# A number so long is the whole country's own; shorter ones of different sellers may be alike.
_ALONE = 20


def same_invoice(year: int) -> list[Matter]:
    """Return the year's invoices that stand in another place too: same number, and same amount where it is short.

    The invoice of a round and that of the purchase made for this round are one and the same.
    """
    alike = Q(amount=OuterRef("amount")) | Q(long__gte=_ALONE)
    bought = Purchase.objects.standing().alias(long=Length("invoice_number"))
    same = bought.filter(alike, invoice_number=OuterRef("invoice_number")).exclude(pk=OuterRef("pk"))
    entered = Invoice.objects.filter(state__in=SPOKEN_FOR)
    of_purchase = entered.alias(long=Length("number")).filter(alike, number=OuterRef("invoice_number"))
    elsewhere = of_purchase.exclude(procurement__round=OuterRef("round"))
    refunded = CheckBooking.objects.exclude(invoice_number="").alias(long=Length("invoice_number"))
    whole = Q(invoice_amount=OuterRef("amount")) | Q(long__gte=_ALONE)
    rows = Purchase.objects.standing().filter(invoiced_on__range=in_year(year))
    twice = rows.filter(
        Exists(same) | Exists(elsewhere) | Exists(refunded.filter(whole, invoice_number=OuterRef("invoice_number")))
    )
    return [
        Matter(
            on=one.invoiced_on,
            about=f"{one.supplier} 发票 {one.invoice_number}",
            words=f"同一发票在别处也已登记；本处用于{one.round}",
            amount=one.amount,
            entered_by=who(one.entered_by),
            model="round",
            pk=one.round_id,
        )
        for one in twice.select_related("round__occasion", "round__benefit", "entered_by")
    ]


def split(year: int) -> list[Matter]:
    """Return the purchases that look split: one kind from one seller within thirty days, over a threshold together."""
    return list(_purchases(year, hint))


def below_threshold(year: int) -> list[Matter]:
    """Return the purchases that lack what the threshold in force asks for."""
    return list(_purchases(year, _lacking))


def _lacking(one: Procurement) -> str:
    lacks = "、".join(missing(one))
    told = f"；例外说明：{one.exception}" if one.exception else ""
    return f"缺少：{lacks}{told}" if lacks else ""


def _purchases(year: int, words: Callable[[Procurement], str]) -> Iterator[Matter]:
    for one in Procurement.objects.bought().filter(decided_on__range=in_year(year)):
        told = words(one)
        if told:
            yield Matter(
                on=one.decided_on,
                about=f"{one.supplier} {one.title}",
                words=told,
                amount=one.amount,
                model="procurement",
                pk=one.pk,
            )


def overspent_gifts(year: int) -> list[Matter]:
    """Return the drives of which more was used than collected."""
    first, last = in_year(year)
    used = DonationDrive.objects.filter(uses__posted_on__range=(first, last), uses__state__in=SPOKEN_FOR).distinct()
    return [
        Matter(
            on=one.opened_on,
            about=one.title,
            words=f"募集 {grouped(one.collected())} 元，已用和待审批 {grouped(one.spoken_for())} 元",
            amount=one.spoken_for() - one.collected(),
            model="donationdrive",
            pk=one.pk,
        )
        for one in used
        if one.spoken_for() > one.collected()
    ]
