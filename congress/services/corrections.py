"""A mandate that was entered wrongly is put right while nothing hangs on it; afterwards it ends and another begins."""

import datetime as dt

import pghistory
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from congress.enums import SittingState
from congress.models import Delegate, Delegation, RollEntry
from congress.services import roll
from congress.services.mandates import may_sit
from congress.services.steps import hold
from members.models import Person
from union_portal.accounts.models import User
from union_portal.base.errors import Refused


def hanging_on(delegate: Delegate) -> list[str]:
    """Say what hangs on a mandate, so that it can no longer be put right; nothing: it can. At most five queries."""
    found = []
    if delegate.valid_to is not None:
        found.append(_("the mandate has ended"))
    held = ~Q(sitting__state=SittingState.PLANNED) | Q(came_at__isnull=False) | ~Q(excused="")
    lines = delegate.roll_entries.filter(held).select_related("sitting__congress__branch", "sitting__session")
    found += [_("stands on the roll of %(sitting)s") % {"sitting": one.sitting} for one in lines[:3]]
    if count := delegate.proposals.count():
        found.append(_("has written %(count)d proposals") % {"count": count})
    if count := delegate.secondings.count():
        found.append(_("was asked to second %(count)d proposals") % {"count": count})
    found += [
        _("is head or deputy of %(delegation)s") % {"delegation": one}
        for one in Delegation.objects.filter(Q(head=delegate) | Q(deputy=delegate))
    ]
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
        raise Refused(_("Say what was entered wrongly."), field="reason")
    hanging = hanging_on(held)
    if hanging:
        raise Refused(
            _("%(person)s's mandate cannot be put right any more: %(why)s. End it and enter another instead.")
            % {"person": held.person, "why": "；".join(hanging)}
        )
    if (held.person_id, held.valid_from, held.delegation_id) == (person.pk, on, delegation.pk if delegation else None):
        raise Refused(_("Nothing is changed."), field="staff_number")
    if delegation is not None and delegation.congress_id != held.congress_id:
        raise Refused(
            _("%(person)s belongs to another congress than %(delegation)s.")
            % {"person": person, "delegation": delegation},
            field="delegation",
        )
    may_sit(held.congress, person, held.seat, on)
    former = held.person_id
    held.person, held.valid_from, held.delegation = person, on, delegation
    held.full_clean()
    with pghistory.context(reason=reason.strip(), actor=actor.pk if actor else None):
        held.save(update_fields=["person", "valid_from", "delegation"])
    roll.follow(delegate=held)
    if former != person.pk:
        RollEntry.objects.filter(delegate=held, person=former, sitting__state=SittingState.PLANNED).delete()
    return held
