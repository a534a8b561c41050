"""What waits about sessions: to prepare, to open, to close, to write up; the sessions a member is due at."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from congress.attendance.models import RollEntry
from congress.attendance.querysets import for_delegate
from congress.bodies.models import Congress
from congress.delegates.models import Delegate
from congress.sessions.enums import SittingState
from congress.sessions.models import Session, Sitting
from union_portal.accounts.enums import Role
from union_portal.accounts.models import User
from union_portal.base.portal import YEARS_SHOWN, Contribution, DeskItem, MemberItem, Place, Standing, contribute
from union_portal.base.prepared import own, seen, totals

# A congress meets at least once in every school year (教育部令第32号); the year is given a month of grace.
YEARLY = dt.timedelta(days=396)
TERM_ENDS_WITHIN = dt.timedelta(days=180)
# So many sittings stand on the desk by themselves; of more their number does.
SHOWN = 5
MINUTES_AFTER = dt.timedelta(days=14)
# What is older was recorded long after; nobody writes its minutes any more.
_TOLD = tuple(f"sitting__session__{name}" for name in ("title", "convened_on", "ends_on", "place"))
MINUTES_UNTIL = dt.timedelta(days=366)


def _page(session_id: int) -> str:
    return reverse("admin:congress_session_change", args=[session_id])


def desk_items(user: User) -> Iterator[DeskItem]:
    """Yield what waits at the desk: sessions to prepare, open or close, overdue ones, terms, minutes, moved people."""
    if not (user.is_superuser or user.has_role(Role.CONGRESS, Role.BRANCH_CHAIR)):
        return
    today = timezone.localdate()
    yield from _sittings(user, today)
    yield from _terms(user, today)
    yield from _minutes(user, today)
    moved, _day = totals(user, "moved delegates", lambda one: {"all": (_moved(one, today), "")})["all"]
    if moved:
        yield DeskItem(
            title="代表已调离选举单位",
            detail="请按本校办法确定是否保留代表资格或补选。",
            address=f"{reverse('admin:congress_delegate_changelist')}?holds=moved",
            count=moved,
        )


def _moved(user: User, today: dt.date) -> "QuerySet[Any]":
    found: QuerySet[Any] = Delegate.objects.run_by(user).moved(on=today)
    return found


def _sittings(user: User, today: dt.date) -> Iterator[DeskItem]:
    def asked(account: User) -> Any:
        roll = RollEntry.objects.filter(sitting=OuterRef("pk"))
        running: QuerySet[Any] = Sitting.objects.run_by(account).running()
        rows = running.annotate(drawn=Exists(roll)).select_related("session", "congress__branch")
        return rows.order_by("session__convened_on")

    found = list(_to_run(seen(user, "running sittings", asked), today))
    yield from found[:SHOWN]
    if len(found) > SHOWN:
        yield DeskItem(
            title="其余待开或待闭幕的会议",
            detail="以上为最早的几次。",
            address=reverse("admin:congress_session_changelist"),
            count=len(found) - SHOWN,
            unit="次",
        )


def _to_run(sittings: list[Any], today: dt.date) -> Iterator[DeskItem]:
    for one in sittings:
        day, last = one.session.convened_on, one.session.ends_on or one.session.convened_on
        if one.state == SittingState.OPEN and last < today:
            words, due, urgent = ("请闭幕", "会期已过，仍未登记闭幕。"), last, False
        elif one.state == SittingState.PLANNED and not one.drawn:
            words, due, urgent = ("请生成名册", "名册生成后，代表才能看到自己的签到码。"), day, day <= today
        elif one.state == SittingState.PLANNED and day <= today:
            words, due, urgent = ("请组织签到并开幕", "名册已生成，到会人数达到规定后宣布开会。"), day, True
        else:
            continue
        yield DeskItem(f"{words[0]}：{one}", words[1], _page(one.session_id), due_on=due, urgent=urgent)


def _terms(user: User, today: dt.date) -> Iterator[DeskItem]:
    def asked(account: User) -> Any:
        day = "sittings__session__convened_on"
        held = Max(day, filter=Q(sittings__state__in=[SittingState.OPEN, SittingState.CLOSED]))
        to_come = Max(day, filter=Q(sittings__state=SittingState.PLANNED))
        begun: QuerySet[Any] = Congress.objects.run_by(account).filter(began_on__lte=today)
        return begun.annotate(last_held=held, next_on=to_come).select_related("branch").order_by("began_on")

    last: dict[tuple[str, int | None], Any] = {}
    for one in seen(user, "terms of congresses", asked):
        last[one.body, one.branch_id] = one
    for one in last.values():
        address = reverse("admin:congress_congress_change", args=[one.pk])
        if one.ends_on <= today + TERM_ENDS_WITHIN:
            yield DeskItem(
                title=f"到期换届：{one}",
                detail=f"任期到 {one.ends_on} 届满。",
                address=address,
                due_on=one.ends_on,
                urgent=one.ends_on < today,
            )
            continue
        due = (one.last_held or one.began_on) + YEARLY
        if due < today and one.next_on is None:
            yield DeskItem(
                title=f"年度会议逾期：{one}",
                detail="上次会议：{day}。每学年至少召开一次。".format(day=one.last_held or "尚未召开"),
                address=reverse("admin:congress_session_add"),
                due_on=due,
                urgent=True,
            )


def _minutes(user: User, today: dt.date) -> Iterator[DeskItem]:
    def asked(account: User) -> Any:
        over = Sitting.objects.filter(session=OuterRef("pk"), state=SittingState.CLOSED)
        lately = (today - MINUTES_UNTIL, today - MINUTES_AFTER)
        run: QuerySet[Any] = Session.objects.run_by(account)
        return run.filter(Exists(over), minutes="", recorded=False, convened_on__range=lately)

    for session in seen(user, "sessions without minutes", asked):
        yield DeskItem(
            title=f"缺会议纪要：{session}",
            detail="会议已闭幕，尚未存入会议纪要。",
            address=_page(session.pk),
            due_on=session.convened_on + MINUTES_AFTER,
        )


def member_items(user: User, *, years: int = YEARS_SHOWN) -> Iterator[MemberItem]:
    """Yield the sessions the member is due at, and those attended in the last years."""
    today = timezone.localdate()
    lines: dict[int, list[RollEntry]] = {}
    sessions: dict[int, Session] = {}
    for entry in own(user, ("own roll", years), partial(_roll, years=years)):
        sessions[entry.sitting.session_id] = entry.sitting.session
        lines.setdefault(entry.sitting.session_id, []).append(entry)
    for session in own(user, "sessions ahead", _ahead):
        sessions.setdefault(session.pk, session)
    for pk, session in sessions.items():
        entries = lines.get(pk, [])
        came = any(entry.came_at is not None for entry in entries)
        last = session.ends_on or session.convened_on
        over = bool(entries) and all(entry.sitting.state == SittingState.CLOSED for entry in entries)
        found = MemberItem(
            title=session.title,
            state=_state(entries),
            state_label="已参加",
            on=session.convened_on,
            address=reverse("congress:session", args=[pk]),
        )
        if last >= today and not over:
            yield replace(
                found,
                state_label="已签到" if came else "请参加",
                until=session.convened_on if session.convened_on >= today else last,
                detail=session.place,
                standing=Standing.HOLDS if came else Standing.DUE,
            )
        elif came:
            yield found


def _roll(user: User, *, years: int) -> "QuerySet[Any]":
    """Return the account's lines of the rolls of the last years' sessions it came to, and of those not yet over."""
    today = timezone.localdate()
    came = Q(came_at__isnull=False, sitting__session__convened_on__gte=dt.date(today.year - years + 1, 1, 1))
    to_come = Q(sitting__session__convened_on__gte=today) | Q(sitting__session__ends_on__gte=today)
    lines = RollEntry.objects.filter(came | to_come, person__user=user)
    return lines.select_related("sitting__session").only("came_at", "sitting__state", *_TOLD)


def _ahead(user: User) -> "QuerySet[Any]":
    """Return the sessions to come in which the account has a place."""
    planned = Sitting.objects.filter(session=OuterRef("pk"), state=SittingState.PLANNED)
    sessions = for_delegate(Session.objects.all(), user).filter(Exists(planned), convened_on__gte=timezone.localdate())
    return sessions.only("title", "convened_on", "ends_on", "place")


def _state(entries: list[RollEntry]) -> str:
    return str(entries[0].sitting.state if entries else SittingState.PLANNED)


def _concerns(user: User) -> "tuple[QuerySet[Any], ...]":
    return RollEntry.objects.filter(person__user=user), Delegate.objects.of(user)


_NEW = Place("congress", "召开会议", "admin:congress_session_add", "congress.add_session", "event_seat")
contribute(
    Contribution(desk_items=desk_items, member_items=member_items, looks_back=True, concerns=_concerns, creates=(_NEW,))
)
