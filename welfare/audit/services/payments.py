"""What was paid by whom it must not be paid, twice, or without the papers that prove it."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from members.people.enums import PersonKind
from union_portal.base.money import grouped
from union_portal.base.sql import among
from welfare.audit.services.caps import of_kinds, unconfirmed
from welfare.audit.services.matters import ON_PAPER, Matter, decided_in, of_grants, who
from welfare.benefits.enums import Category, Form
from welfare.books.enums import AccountKind
from welfare.cases.models import Evidence, EvidenceCheck
from welfare.cases.services.evidence import items_of
from welfare.grants.enums import SUBJECT, WarningCode
from welfare.grants.models import Grant, GrantMove, Round
from welfare.grants.services.paying import FROM_ROSTER
from welfare.health_checks.enums import Payer
from welfare.health_checks.models import HealthCheck
from welfare.ledger.models import LedgerEntry
from welfare.purchases.models import Purchase

# The funds that are the union's own money: what the employer pays in, and the members' dues.
OWN_FUNDS = ("UNION", "DUES")
# Given upon leaving, or to the family.
_PARTING = (Category.RETIREMENT, Category.DEATH)


def _paid_by_union(year: int) -> "QuerySet[Grant]":
    """Return the grants that the union's own money paid: by an entry of the year, or by the invoices of a round."""
    entries = LedgerEntry.objects.standing().filter(posting__year=year, subject_kind=SUBJECT, fund__code__in=OWN_FUNDS)
    bought = decided_in(year).filter(round__fund__code__in=OWN_FUNDS, form=Form.GOODS)
    return Grant.objects.filter(Q(pk__in=entries.values("subject_id")) | Q(pk__in=bought.values("pk"))).order_by()


def wrong_payer(year: int) -> list[Matter]:
    """Return what the union's own money paid to people who had retired, but for what is given upon retirement."""
    rows = of_kinds(_paid_by_union(year), [PersonKind.RETIREE]).exclude(benefit__category__in=_PARTING)
    later = Q(event__isnull=True) | Q(event__occurred_on__gt=F("person__retired_on"))
    wrong = unconfirmed(rows.filter(later), WarningCode.NOT_COVERED)
    return of_grants(wrong, lambda _grant: "离退休人员的慰问由工会经费或会费列支，应由行政安排的经费支付")


def health_checks(year: int) -> list[Matter]:
    """Return the health checks that the union's own money paid, unless the year's were commissioned in writing."""
    if HealthCheck.objects.filter(year=year, payer=Payer.UNION).exclude(commission="").exists():
        return []
    rows = _paid_by_union(year).filter(benefit__category=Category.HEALTH_CHECK)
    return of_grants(rows, lambda _grant: "体检由工会经费列支，没有行政的书面委托")


def without_evidence(year: int) -> list[Matter]:
    """Return the single cases approved here although a paper that their standard asks for was not seen.

    What was uploaded, ticked off, or seen by the approver by his own word counts as seen.
    """
    single = decided_in(year).filter(round=None, approved_by__isnull=False, rule__isnull=False)
    seen = GrantMove.objects.filter(subject=OuterRef("pk"), action="approve", reason__contains="证明材料")
    uploaded = Evidence.objects.filter(grant=OuterRef("pk"))
    single = single.exclude(ON_PAPER | Q(rule__evidence="")).exclude(Exists(seen)).exclude(Exists(uploaded))
    asked = dict(single.values_list("pk", "rule__evidence"))
    ticked = EvidenceCheck.objects.filter(Q(original_seen=True) | Q(copy_kept=True), among("grant_id", list(asked)))
    there = set(ticked.values_list("grant", "item"))
    lacks = {pk: [item for item in items_of(told) if (pk, item) not in there] for pk, told in asked.items()}
    found = [pk for pk, items in lacks.items() if items]
    return of_grants(found, lambda grant: f"没有核对：{'、'.join(lacks[grant.pk])}")


def to_the_dead(year: int) -> list[Matter]:
    """Return what was given to somebody who had died before the roster was made, or before what it is given for."""
    day = Coalesce("round__cut_off_on", "event__occurred_on", "granted_on")
    rows = decided_in(year).alias(due=day).filter(person__died_on__lt=F("due"))
    rows = rows.exclude(benefit__category__in=_PARTING)
    return of_grants(rows, lambda _grant: "受益人在名册截止日或事件之前已去世")


def paid_twice(year: int) -> list[Matter]:
    """Return the rounds paid from the roster and by invoices too, and what two entries stand for."""
    entries = LedgerEntry.objects.standing().filter(posting__year=year, account__kind=AccountKind.EXPENSE)
    others = LedgerEntry.objects.standing().filter(
        subject_kind=OuterRef("subject_kind"), subject_id=OuterRef("subject_id")
    )
    again = entries.filter(subject_id__isnull=False).filter(Exists(others.exclude(pk=OuterRef("pk"))))
    twice = [
        Matter(
            on=one.posting.posted_on,
            about=str(one.posting),
            words="同一事项有两笔未冲销的支出",
            amount=one.amount,
            approver=who(one.posting.approved_by),
            entered_by=who(one.posting.prepared_by),
            model="posting",
            pk=one.posting_id,
        )
        for one in again.select_related("posting__book", "posting__approved_by", "posting__prepared_by")
    ]
    return [*twice, *_rounds_twice(entries)]


def _rounds_twice(entries: Any) -> Iterator[Matter]:
    bought = Purchase.objects.standing().filter(round__isnull=False)
    paid = entries.filter(subject_kind=SUBJECT).values("subject_id")
    grants = Grant.objects.filter(round__in=bought.values("round"), form__in=FROM_ROSTER, pk__in=paid)
    sums = dict(grants.order_by().values_list("round").annotate(sum=Sum("amount")))
    rows = Round.objects.filter(pk__in=list(sums)).select_related("occasion", "benefit", "approved_by", "prepared_by")
    invoices = dict(bought.filter(round__in=list(sums)).order_by().values_list("round").annotate(sum=Sum("amount")))
    for one in rows:
        by_roster, by_invoice = sums[one.pk] or Decimal(0), invoices[one.pk]
        yield Matter(
            on=one.handed_out_on or one.cut_off_on,
            about=str(one),
            words=f"既按名册记账 {grouped(by_roster)} 元，又按发票记账 {grouped(by_invoice)} 元",
            amount=by_roster + by_invoice,
            approver=who(one.approved_by),
            entered_by=who(one.prepared_by),
            model="round",
            pk=one.pk,
        )
