"""Members whom an HR list does not name: a worklist that remembers what was said of each."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from members.memberships.services import steps as memberships
from members.memberships.services.episodes import Retirement, retire_all
from members.people.models import Person
from union_portal.accounts.models import User
from union_portal.base.errors import Refused
from union_portal.base.importing.copying import copy_rows, reserve_keys
from union_portal.base.importing.pending import check_pending
from union_portal.base.steps import BIRTH, take_all
from union_portal.home.imports.enums import AbsenceState, Section
from union_portal.home.imports.models import WAITING, Absence, AbsenceMove, PendingImport


@transaction.atomic
def list_absent(*, pending: PendingImport, actor: User) -> tuple[int, int]:
    """Put the members whom the upload does not name into the worklist; return how many are new and how many came back.

    Who was put aside stays so; who is named again, or is no member any more, leaves the list.
    """
    check_pending(pending, actor=actor)
    today = timezone.localdate()
    pages = pending.pages.filter(section=Section.LEAVERS).order_by("number")
    named = {entry["pk"] for page in pages for entry in page.entries}
    members = Person.objects.members(on=today).filter(pk__in=named).with_branch(on=today)
    branches = dict(members.values_list("pk", "branch_id_on"))
    waiting = Absence.objects.select_for_update(of=("self",)).filter(state__in=WAITING)
    known = dict(waiting.values_list("person_id", "pk"))
    back = [pk for person, pk in known.items() if person not in branches]
    if back:
        take_all(Absence.objects.filter(pk__in=back), action="return", actor=actor)
    new = sorted(branches.keys() - known.keys())
    _write(new, branches, pending.file_name, actor)
    return len(new), len(back)


def _write(people: Collection[int], branches: dict[int, Any], file_name: str, actor: User) -> None:
    keys = reserve_keys(Absence, len(people))
    fields, lines = _fields(Absence), _fields(AbsenceMove)
    state, today, now = AbsenceState.OPEN, timezone.localdate(), timezone.now()
    copy_rows(
        Absence,
        [fields[name] for name in ("id", "person", "branch", "file_name", "noticed_on", "counterpart", "state")],
        [(key, one, branches[one], file_name, today, "", state) for key, one in zip(keys, people, strict=True)],
    )
    copy_rows(
        AbsenceMove,
        [lines[name] for name in ("subject", "action", "source", "target", "actor", "reason", "at")],
        [(key, BIRTH, "", state, actor.pk, "", now) for key in keys],
    )


def _fields(model: Any) -> dict[str, Any]:
    return {field.name: field for field in model._meta.concrete_fields}  # noqa: SLF001


@transaction.atomic
def retire(*, rows: QuerySet[Absence], actor: User, on: Any) -> None:
    """办理退休: the members retire with the day, their membership is retained."""
    people = list(_open(rows).values_list("person_id", flat=True))
    retire_all([Retirement(person, on) for person in people], actor=actor)
    take_all(rows, action="retire", actor=actor, on=on)


@transaction.atomic
def transfer_out(*, rows: QuerySet[Absence], actor: User, on: Any, counterpart: str) -> None:
    """办理转出: to the same other union."""
    for person in _people(rows):
        memberships.transfer_out(person=person, on=on, counterpart=counterpart, actor=actor)
    take_all(rows, action="transfer_out", actor=actor, on=on, counterpart=counterpart)


@transaction.atomic
def leave(*, rows: QuerySet[Absence], actor: User, on: Any) -> None:
    """办理退会."""
    for person in _people(rows):
        memberships.leave(person=person, on=on, actor=actor)
    take_all(rows, action="leave", actor=actor, on=on)


def _open(rows: QuerySet[Absence]) -> QuerySet[Absence]:
    """Lock the rows; refuse when one of them was dealt with meanwhile: its membership is not touched twice."""
    held = rows.select_for_update(of=("self",))
    done = [absence for absence in held.select_related("person") if absence.state != AbsenceState.OPEN]
    if done:
        raise Refused(f"{done[0].person.name}等 {len(done):,} 人已办理过，请刷新名单后重新勾选。")
    return rows


def _people(rows: QuerySet[Absence]) -> QuerySet[Person]:
    return Person.objects.filter(pk__in=_open(rows).values("person_id")).order_by("pk")
