"""Opening again what a step had ended by mistake, and putting right where somebody belonged."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from members.branches.enums import SINGLE
from members.branches.models import Branch, BranchAssignment, Office, Term
from members.branches.services.checks import Ended, Undone, end_before, ended, standing
from members.people.models import Person
from union_portal.base.errors import DomainError, Refused
from union_portal.base.steps import saved

_DAY = dt.timedelta(days=1)


def end_places(person: Person, *, on: dt.date) -> dict[str, Any]:
    """Let the person belong nowhere after the day; return what was ended, and what would have begun later."""
    places = list(BranchAssignment.objects.filter(person=person).order_by("valid_from"))
    running = [one for one in places if one.holds(on=on) and one.valid_to != on]
    later = [one for one in places if one.valid_from > on]
    closed = [ended(one) for one in running]
    removed = [
        [one.branch_id, one.valid_from.isoformat(), one.valid_to.isoformat() if one.valid_to else None] for one in later
    ]
    for one in running:
        one.valid_to = on
        saved(one, fields=["valid_to"])
    for one in later:
        one.delete()
    return {"places": closed, "removed": removed}


@transaction.atomic
def reopen_places(person: Person, *, places: Iterable[Ended], removed: Iterable[list[Any]] = (), told: Undone) -> None:
    """Let assignments hold again as before they were ended; tell which do and which cannot."""
    for kept in places:
        held = BranchAssignment.objects.filter(pk=kept[0], person=person).select_related("branch").first()
        if held is None or held.valid_to is None:
            continue
        before, until = held.branch.dissolved_on, end_before(kept)
        if before is not None and (until is None or until >= before):
            told.left.append(f"{held.branch.name}已于 {before} 撤销，请另行确定所属分工会。")
            continue
        held.valid_to = until
        _try(held, f"在{held.branch.name}的归属", told)
    for branch, start, end in removed:
        found = Branch.objects.filter(pk=branch).first()
        if found is not None:
            row = BranchAssignment(person=person, branch=found)
            row.valid_from = dt.date.fromisoformat(start)
            row.valid_to = dt.date.fromisoformat(end) if end else None
            _try(row, f"在{found.name}的归属", told)


@transaction.atomic
def reopen_offices(offices: Iterable[Ended], *, told: Undone) -> None:
    """Let offices be held again as before they were ended; tell which are and which cannot.

    A term that began since ends them the day before, as it would have; a post that somebody else took over stays his.
    """
    for kept in offices:
        office = Office.objects.filter(pk=kept[0]).select_related("term__branch", "person").first()
        if office is None:
            continue
        stopped = office.valid_to
        office.valid_to = end_before(kept)
        later = Term.objects.filter(branch=office.term.branch_id, began_on__gt=office.valid_from)
        following = later.exclude(pk=office.term_id).order_by("began_on").first()
        if following is not None and (office.valid_to is None or office.valid_to >= following.began_on):
            office.valid_to = following.began_on - _DAY
        words = f"{office.term.branch.name}{office.get_position_display()}"
        holder = _taken_over(office, since=stopped)
        if holder is not None:
            told.left.append(f"{words}现由{holder.person.name}担任（自 {holder.valid_from}），未恢复。")
            continue
        _try(office, f"{words}（至 {office.valid_to}）" if office.valid_to else words, told)


def _taken_over(office: Office, *, since: dt.date | None) -> Office | None:
    if office.position not in SINGLE or since is None:
        return None
    others = office.term.offices.filter(position=office.position, valid_from__gt=since).exclude(pk=office.pk)
    found: Office | None = others.select_related("person").order_by("valid_from").first()
    return found


def _try(row: Any, words: str, told: Undone) -> None:
    try:
        saved(row)
    except DomainError as refused:
        told.left.append(f"{words}未能恢复：{refused}")
    else:
        told.restored.append(words)


@transaction.atomic
def take_back(assignment: BranchAssignment) -> None:
    """Undo a move that never was: whoever came from another branch belongs there still."""
    before = _before(assignment)
    if before is not None:
        standing(before.branch, on=assignment.valid_from)
    until = assignment.valid_to
    assignment.delete()
    if before is not None:
        before.valid_to = until
        saved(before)


@transaction.atomic
def put_right(assignment: BranchAssignment, *, branch: Branch | None = None, on: dt.date | None = None) -> None:
    """Let a move have been to the other branch, or on the other day; the assignment before it follows."""
    before, day = _before(assignment), on or assignment.valid_from
    standing(branch or assignment.branch, on=day)
    if before is not None and before.branch_id == (branch or assignment.branch).pk:
        raise Refused(f"此前已属于{before.branch.name}；如没有调整过，请选择“没有发生”。", field="branch")
    if before is not None and day <= before.valid_from:
        raise Refused(f"此前自 {before.valid_from} 起属于{before.branch.name}，请填写此后的日期。", field="on")
    assignment.branch, assignment.valid_from = branch or assignment.branch, day
    if before is None:
        saved(assignment)
        return
    if day <= before.valid_to:
        before.valid_to = day - _DAY
        saved(before)
        saved(assignment)
        return
    saved(assignment)
    before.valid_to = day - _DAY
    saved(before)


def _before(assignment: BranchAssignment) -> Any:
    rows = BranchAssignment.objects.filter(person=assignment.person_id, valid_to=assignment.valid_from - _DAY)
    return rows.select_related("branch").first()
