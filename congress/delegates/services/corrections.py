"""A mandate that was entered wrongly is put right while nothing hangs on it; afterwards it ends and another begins."""

import datetime as dt
from typing import Any

import pghistory
from django.db import transaction
from django.db.models import Q

from congress.delegates.models import Delegate, Delegation
from congress.delegates.services.mandates import may_sit
from congress.delegates.signals import mandate_asked, mandate_changed
from members.people.models import Person
from union_portal.accounts.models import User
from union_portal.base.errors import Refused
from union_portal.base.steps import hold, saved


def hanging_on(delegate: Delegate) -> list[str]:
    """Say what hangs on a mandate, so that it can no longer be put right; nothing: it can."""
    found = ["代表资格已结束"] if delegate.valid_to is not None else []
    told: list[tuple[Any, Any]] = mandate_asked.send(Delegate, delegate=delegate)
    found += [sentence for _receiver, sentences in told for sentence in sentences]
    found += [f"是{one}的团长或副团长" for one in Delegation.objects.filter(Q(head=delegate) | Q(deputy=delegate))]
    return found


@transaction.atomic
def correct_mandate(
    *,
    delegate: Delegate,
    person: Person,
    on: dt.date,
    delegation: Delegation | None,
    reason: str,
    actor: User | None,
) -> Delegate:
    """Put person, first day and delegation of a mandate right; the history keeps what stood there, and the reason.

    Rolls of sittings to come follow. Refused without a reason, when something hangs on the mandate (named), and for
    whoever may not be a delegate.
    """
    held: Delegate = hold(delegate, "congress", "person")
    if not reason.strip():
        raise Refused("请说明哪里录错了。", field="reason")
    hanging = hanging_on(held)
    if hanging:
        raise Refused(f"{held.person}的代表资格不能再更正：{'；'.join(hanging)}。请结束该资格后另行录入。")
    if (held.person_id, held.valid_from, held.delegation_id) == (person.pk, on, delegation.pk if delegation else None):
        raise Refused("没有改动任何内容。", field="person")
    if delegation is not None and delegation.congress_id != held.congress_id:
        raise Refused(f"{person}与{delegation}不属于同一届。", field="delegation")
    may_sit(held.congress, person, held.seat, on)
    former = held.person
    held.person, held.valid_from, held.delegation = person, on, delegation
    with pghistory.context(reason=reason.strip(), actor=actor.pk if actor else None):
        saved(held, fields=["person", "valid_from", "delegation"])
    changed = former if former.pk != person.pk else None
    mandate_changed.send(Delegate, delegate=held, actor=actor, former=changed)
    return held
