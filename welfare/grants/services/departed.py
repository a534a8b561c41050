"""Whom an open grant would go to, where the register has changed since it was entered."""

import datetime as dt

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from members.memberships.models import Membership
from welfare.grants.enums import OPEN
from welfare.grants.models import Grant
from welfare.life_events.enums import EventKind

NAMED = 5


def to_look_at(*, grants: QuerySet[Grant] | None = None, on: dt.date | None = None) -> QuerySet[Grant]:
    """Return the open grants (of these) whose ground the register does not know any more, or whose recipient is gone.

    Whose recipient has died (but for what is given for his own death), or is no member any more though the benefit asks
    for it; whose event is a death or a retirement that the register does not know (any more). Computed from dates when
    read, so that nothing is dropped in silence and nothing goes stale.
    """
    members = Membership.objects.in_force(on=on or timezone.localdate()).values("person")
    own = Q(event__relation="", event__whose=F("person"))
    his_death = Grant.objects.filter(own, event__kind=EventKind.DEATH)
    dead = Q(person__died_on__isnull=False) & ~Q(pk__in=his_death.values("pk"))
    left = ~Q(person__in=members) & Q(benefit__non_members=False)
    undone = own & (
        Q(event__kind=EventKind.DEATH, person__died_on__isnull=True)
        | Q(event__kind=EventKind.RETIREMENT, person__retired_on__isnull=True)
    )
    among = Grant.objects.all() if grants is None else grants
    return among.filter(dead | left | undone, state__in=OPEN)


def says_departed(*, grant: Grant) -> str:
    """Say why an open grant needs a look before it goes on; '' where it does not."""
    if not to_look_at(grants=Grant.objects.filter(pk=grant.pk)).exists():
        return ""
    person, event = grant.person, grant.event
    own = event is not None and event.whose_id == person.pk and not event.relation
    if own and event is not None and event.kind == EventKind.DEATH:
        return f"登记中{person.name}并未去世，请核对是否取消。"
    if person.died_on is not None:
        return f"{person.name}已于 {person.died_on} 去世，请核对：取消，或由家属领取。"
    if own and event is not None and event.kind == EventKind.RETIREMENT and person.retired_on is None:
        return f"登记中{person.name}没有退休：请先登记退休，或取消这笔慰问。"
    return f"{person.name}现已不是会员，请核对是否仍应发放。"


def names_departed(*, grants: "QuerySet[Grant]") -> str:
    """Say how many of these grants need a look and name the first people; '' where none does; two queries."""
    found = to_look_at(grants=grants)
    count = found.count()
    if not count:
        return ""
    names = "、".join(found.order_by("person__pinyin_key", "pk").values_list("person__name", flat=True)[:NAMED])
    more = f"等 {count:,} 人" if count > NAMED else f" {count:,} 人"
    return f"其中{names}{more}已去世或现已不是会员，请先逐一决定：取消，或交由家属领取。"
