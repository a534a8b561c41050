"""Whom an open grant would go to, where the register has changed since it was entered."""

from django.db.models import QuerySet
from django.utils import timezone

from welfare.grants.models import Grant
from welfare.life_events.enums import EventKind

NAMED = 5


def says_departed(*, grant: Grant) -> str:
    """Say why an open grant needs a look before it goes on; '' where it does not."""
    if not Grant.objects.filter(pk=grant.pk).to_look_at(on=timezone.localdate()).exists():
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
    found = Grant.objects.filter(pk__in=grants.values("pk")).to_look_at(on=timezone.localdate())
    count = found.count()
    if not count:
        return ""
    names = "、".join(found.order_by("person__pinyin_key", "pk").values_list("person__name", flat=True)[:NAMED])
    more = f"等 {count:,} 人" if count > NAMED else f" {count} 人"
    return f"其中{names}{more}已去世或现已不是会员，请先逐一决定：取消，或交由家属领取。"
