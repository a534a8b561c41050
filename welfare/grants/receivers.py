"""A payment that is reversed can be made again; what a corrected death or retirement leaves behind is named."""

import datetime as dt
from typing import Any

from django.dispatch import receiver

from members.branches.services.checks import Undone
from members.memberships.enums import MembershipChange
from members.memberships.services.foretelling import Ahead, LooseEnd
from members.memberships.signals import person_returned, steps_foretold
from members.people.models import Person
from union_portal.accounts.enums import Role
from union_portal.base.steps import take_all
from welfare.grants.enums import LIVING, OPEN, SUBJECT, GrantState
from welfare.grants.models import Grant, GrantMove
from welfare.grants.services.departed import to_look_at
from welfare.grants.services.paying import reopen_rounds
from welfare.ledger.models import LedgerEntry, Posting
from welfare.ledger.signals import entries_reversed
from welfare.life_events.enums import EventKind


@receiver(entries_reversed)
def pay_again(*, posting: Posting, entries: list[int], **_kwargs: Any) -> None:
    """Let what counted as paid wait for payment again, and open the closed rounds it belongs to.

    A payment that came back and a grant that was given up have moved on before their entry is reversed: they stay.
    """
    paid = LedgerEntry.objects.filter(pk__in=entries, subject_kind=SUBJECT)
    grants = Grant.objects.filter(pk__in=paid.values("subject_id"), state__in=[GrantState.RECEIVED, GrantState.DUE])
    keys = list(grants.values_list("pk", flat=True))
    if not keys:
        return
    why = f"{posting}冲销"
    actor = posting.approved_by or posting.prepared_by
    reopen_rounds(set(grants.exclude(round=None).values_list("round", flat=True)), actor=actor, why=why)
    take_all(Grant.objects.filter(pk__in=keys), action="unpay", actor=actor, why=why, received_on=None)


@receiver(person_returned)
def name_what_was_given(*, person: Person, on: dt.date, change: MembershipChange, told: Undone, **_kwargs: Any) -> None:
    """Say what is open or given for what did not happen, and what was given up since."""
    kind = {MembershipChange.DEATH: EventKind.DEATH, MembershipChange.RETIRE: EventKind.RETIREMENT}.get(change)
    own = Grant.objects.living().filter(event__kind=kind, event__whose=person, event__relation="") if kind else []
    for grant in own:
        told.left.append(f"{grant.benefit}（{grant.get_state_display()}）因这项登记办理，请核对是否取消或追回。")
    moves = GrantMove.objects.filter(action__in=["cancel", "exclude", "decline"], at__date__gte=on)
    dropped = Grant.objects.filter(person=person, pk__in=moves.values("subject"))
    for grant in dropped.exclude(state__in=LIVING).select_related("benefit", "occasion"):
        state = grant.get_state_display()
        told.left.append(f"{grant.title}{state}（{grant.reason}），如因这项登记，请重新办理。")


@receiver(steps_foretold)
def name_what_is_open(*, person: Person, change: MembershipChange, ahead: Ahead, **_kwargs: Any) -> None:
    """Name what stands on a roster or waits as a case: it is handed out unless somebody takes it off.

    Once the step is taken, only what the register gives no ground for any more.
    """
    if change == MembershipChange.MOVE:
        return
    waits = Grant.objects.filter(person=person, state__in=OPEN)
    found = to_look_at(grants=waits) if ahead.taken else waits
    for grant in found.select_related("benefit", "occasion"):
        ahead.stays.append(
            LooseEnd(
                f"{grant.title}（{grant.get_state_display()}）",
                verb="核对是否发放",
                page="admin:welfare_grant_change",
                row=grant.pk,
                may="welfare.view_grant",
                by=str(Role.WELFARE.label),
            )
        )
