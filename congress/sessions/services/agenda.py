"""The agenda of a sitting and the documents to read beforehand."""

import datetime as dt
from pathlib import PurePath

from django.core.files.base import File
from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from congress.bodies.enums import Bound
from congress.sessions.enums import AgendaKind, AgendaOutcome, SittingState
from congress.sessions.models import AgendaItem, SessionDocument, Sitting
from union_portal.base.errors import Refused
from union_portal.base.steps import hold, saved

# Outcomes that need no count; passing and electing are counted.
WITHOUT_COUNT = {
    AgendaKind.HEAR: (AgendaOutcome.HEARD,),
    AgendaKind.REVIEW: (AgendaOutcome.REVIEWED,),
    AgendaKind.PASS: (),
    AgendaKind.ELECT: (),
    AgendaKind.OTHER: (AgendaOutcome.HEARD, AgendaOutcome.REVIEWED),
}


@transaction.atomic
def add_item(
    *,
    sitting: Sitting,
    kind: AgendaKind,
    title: str,
    presenter: str = "",
    position: int | None = None,
    majority: tuple[int, int, Bound] | None = None,
) -> AgendaItem:
    """Put an item on the agenda, at its place (those behind move on) or at the end.

    `majority` (parts, of, how) overrides the congress's: (2, 3, Bound.AT_LEAST) where two thirds carry the item.
    """
    held = hold(sitting)
    _not_over(held)
    last = held.agenda.aggregate(last=Max("position"))["last"] or 0
    place = min(position or last + 1, last + 1)
    held.agenda.filter(position__gte=place).update(position=F("position") + 1)
    item = AgendaItem(sitting=held, position=place, kind=kind, title=title.strip(), presenter=presenter)
    if majority is not None:
        item.majority_numerator, item.majority_denominator, item.majority_bound = majority
    return saved(item)


@transaction.atomic
def move_item(*, item: AgendaItem, up: bool) -> AgendaItem:
    """Exchange the item with the one before or behind it; at the end nothing happens."""
    sitting = hold(item.sitting)
    held = hold(item)
    _not_over(sitting)
    beside = {"position__lt" if up else "position__gt": held.position}
    other = sitting.agenda.filter(**beside).order_by("-position" if up else "position").first()
    if other is not None:
        held.position, other.position = other.position, held.position
        held.save(update_fields=["position"])
        other.save(update_fields=["position"])
    return held


@transaction.atomic
def settle_item(*, item: AgendaItem, outcome: AgendaOutcome, on: dt.date | None = None) -> AgendaItem:
    """Note that an item was heard or reviewed, or taken off the agenda.

    What is passed or elected is settled by its count; only in a session recorded later it is noted here as the source
    says.
    """
    held = hold(item, "sitting__session")
    recorded = held.sitting.session.recorded
    allowed = (*WITHOUT_COUNT[AgendaKind(held.kind)], AgendaOutcome.WITHDRAWN)
    if not recorded and outcome not in allowed:
        raise Refused(f"“{held.title}”须经表决决定，请录入计票结果。", field="outcome")
    if not recorded and held.outcome in {AgendaOutcome.PASSED, AgendaOutcome.LOST}:
        raise Refused(f"“{held.title}”已经表决决定。", field="outcome")
    if not recorded and outcome != AgendaOutcome.WITHDRAWN and held.sitting.state == SittingState.PLANNED:
        raise Refused(f"{held.sitting}尚未开幕。")
    held.outcome = outcome
    held.decided_on = on or (held.sitting.session.convened_on if recorded else timezone.localdate())
    held.save(update_fields=["outcome", "decided_on"])
    return held


@transaction.atomic
def add_document(*, item: AgendaItem, title: str, file: "File[bytes]", published: bool) -> SessionDocument:
    """Attach a document; `published` lets the delegates read it from today.

    Raises DomainError for a file that a phone cannot open, or that cannot be taken in.
    """
    document = SessionDocument(item=item, title=title.strip() or PurePath(file.name or "").stem, file=file)
    document.published_on = timezone.localdate() if published else None
    return saved(document)


@transaction.atomic
def publish_documents(*, sitting: Sitting) -> int:
    """Let the delegates read every document of the sitting from today; return how many are new to them."""
    waiting = SessionDocument.objects.filter(item__sitting=sitting, published_on=None)
    return waiting.update(published_on=timezone.localdate())


def _not_over(sitting: Sitting) -> None:
    if sitting.state == SittingState.CANCELLED:
        raise Refused(f"{sitting}未召开。")
    if not sitting.agenda_changes:
        raise Refused(f"{sitting}已闭幕，议程不再变动。")
