"""入会 and 调动 of several people at once, as ticked in the list: all of them or none, judged as one alone would be."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from members.branches.models import Branch, BranchAssignment, Office
from members.branches.services.assignments import Arrival, Places
from members.memberships.enums import MembershipChange, MembershipStart
from members.memberships.models import Membership
from members.memberships.services.entries import Note, note
from members.memberships.services.episodes import Episode, begin_all
from members.memberships.services.steps import gone
from members.people.enums import PersonKind
from members.people.models import Person
from members.people.services import alive, begins_wrongly
from union_portal.accounts.models import User
from union_portal.base.errors import Refused
from union_portal.base.sql import among


def _held(people: Sequence[Person], *, step: str) -> list[Person]:
    """Lock the people; relatives take no such step."""
    rows = Person.objects.select_for_update(of=("self",))
    found = list(rows.filter(among("pk", [one.pk for one in people])).order_by("pk"))
    for person in found:
        if person.kind == PersonKind.KIN:
            raise Refused(f"{person.name}是亲属，不能{step}，请取消勾选。")
    return found


@transaction.atomic
def admit_all(
    *,
    people: Sequence[Person],
    on: dt.date,
    branch: Branch | None = None,
    document: str = "",
    actor: User | None = None,
) -> int:
    """入会: let all of them be members from the day; return how many came to the branch by it.

    Who belongs to a branch stays there, the others come to the one named. Refused by name for the dead, for members,
    for a day to come and for who would be left without a branch.
    """
    found = _held(people, step="入会")
    keys = [one.pk for one in found]
    running: dict[int, Membership] = {}
    for episode in Membership.objects.filter(among("person", keys)).exclude(valid_to__lt=on):
        running.setdefault(episode.person_id, episode)
    places, arrivals = Places(keys, lock=True), []
    for person in found:
        alive(person, on=on)
        if wrong := begins_wrongly(person.birth_date, on, today=timezone.localdate()):
            raise Refused(f"{person.name}：{wrong}。", field="on")
        if person.pk in running:
            raise Refused(f"{person.name}自 {running[person.pk].valid_from} 起已是会员，请取消勾选。", field="on")
        place = places.last.get(person.pk)
        if place is not None and place.runs(on=on):
            continue
        if branch is None:
            raise Refused(f"{person.name}还没有分工会，请选择归入哪个分工会。", field="branch")
        arrivals.append(Arrival(person.pk, branch.pk, on))
        places.check(arrivals[-1])
    begin_all([Episode(key, on, MembershipStart.JOINED, document=document) for key in keys])
    places.move(arrivals)
    came = BranchAssignment.objects.filter(among("person", [one.person for one in arrivals]), valid_from=on)
    begun = dict(came.values_list("person", "pk"))
    closed = {key: {"assignment": begun[key]} if key in begun else {} for key in keys}
    note([Note(key, MembershipChange.JOIN, on, closed[key]) for key in keys], actor=actor)
    return len(arrivals)


@transaction.atomic
def move_all(
    *, people: Sequence[Person], branch: Branch, on: dt.date, document: str = "", actor: User | None = None
) -> tuple[int, list[str]]:
    """调整分工会: let all of them belong to the branch from the day; who does already stays as he is.

    Return how many came, and the offices elsewhere that go on. Refused by name for the dead, for who has gone to
    another union, and for a day before somebody's last move.
    """
    found = _held(people, step="调动")
    keys = [one.pk for one in found]
    last: dict[int, Membership] = {}
    for episode in Membership.objects.filter(among("person", keys)).order_by("valid_from"):
        last[episode.person_id] = episode
    places, arrivals = Places(keys, lock=True), []
    for person in found:
        held = last.get(person.pk)
        if held is not None and gone(held.valid_to, held.ended_by, on=on):
            raise Refused(f"{person.name}的会籍已于 {held.valid_to} 转出，请先办理转入。", field="on")
        arrivals.append(Arrival(person.pk, branch.pk, on))
        try:
            places.check(arrivals[-1])
        except Refused as refused:
            words = str(refused)
            raise Refused(words if person.name in words else f"{person.name}：{words}", field="on") from refused
    moved = places.move(arrivals)
    words = f"归入{branch.name} {on}" + (f"（{document}）" if document else "")
    note([Note(one.person, MembershipChange.MOVE, on, {}, words) for one in moved], actor=actor)
    offices = Office.objects.filter(among("person", [one.person for one in moved])).in_force(on=on)
    elsewhere = offices.exclude(term__branch=branch).select_related("person", "term__branch").order_by("pk")
    return len(moved), [f"{one.person.name}（{one.term.branch.name}{one.get_position_display()}）" for one in elsewhere]
