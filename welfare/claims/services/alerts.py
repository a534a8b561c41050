"""What one room knows and the other does not: a stay that was condoled but never claimed, and the reverse."""

import datetime as dt

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from welfare.claims.enums import ClaimState
from welfare.claims.models import Claim, ClaimRule
from welfare.grants.models import Grant
from welfare.life_events.enums import EventKind
from welfare.mutual_aid.models import Cover

_ILL = (EventKind.HOSPITAL, EventKind.ILLNESS)


def unclaimed(*, since: dt.date | None = None) -> "QuerySet[Grant]":
    """Return the grants for somebody's own stay or illness while covered by a plan with standards, without a claim."""
    day, end = OuterRef("event__occurred_on"), Coalesce(OuterRef("event__ended_on"), OuterRef("event__occurred_on"))
    covers = Cover.objects.standing().filter(
        Exists(ClaimRule.objects.filter(plan=OuterRef("plan"))),
        person=OuterRef("person"),
        starts_on__lte=day,
        ends_on__gte=day,
    )
    claims = Claim.objects.exclude(state=ClaimState.WITHDRAWN).filter(
        person=OuterRef("person"), occurred_on__range=(day, end)
    )
    grants = Grant.objects.living().filter(event__kind__in=_ILL, relation__in=("", "self"), event__whose=F("person"))
    grants = grants if since is None else grants.filter(event__occurred_on__gte=since)
    return grants.filter(Exists(covers), ~Exists(claims))


def uncondoled(rows: "QuerySet[Claim] | None" = None) -> "QuerySet[Claim]":
    """Return the claims of these for which the union gave nobody anything: no grant for a stay or illness then."""
    grants = Grant.objects.living().annotate(until=Coalesce("event__ended_on", "event__occurred_on"))
    same = grants.filter(
        event__kind__in=_ILL,
        person=OuterRef("person"),
        event__occurred_on__lte=OuterRef("occurred_on"),
        until__gte=OuterRef("occurred_on"),
    )
    found = Claim.objects.all() if rows is None else rows
    return found.exclude(state=ClaimState.WITHDRAWN).filter(~Exists(same))
