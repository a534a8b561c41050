"""Sessions and the sittings of their bodies: convene, change, close; or record one held long ago."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from congress.bodies.enums import Body
from congress.bodies.models import Congress
from congress.sessions.enums import PresidiumPost, SessionKind, SittingState
from congress.sessions.models import PresidiumMember, Session, Sitting
from congress.sessions.signals import sitting_closing
from members.people.enums import PostCategory
from members.people.models import Person
from union_portal.accounts.models import User
from union_portal.base.chinese.numerals import numeral
from union_portal.base.errors import Refused
from union_portal.base.steps import hold, move, record, saved, take_all


@dataclass(frozen=True)
class Part:
    """One body's part of a session to convene or to record; numbers empty: the next one, or unknown."""

    congress: Congress
    number: int | None = None
    due: int | None = None
    present: int | None = None


@transaction.atomic
def convene(
    *,
    parts: Sequence[Part],
    convened_on: dt.date,
    actor: User | None,
    title: str = "",
    kind: SessionKind = SessionKind.REGULAR,
    ends_on: dt.date | None = None,
    place: str = "",
) -> Session:
    """Convene a session of one body, or of two (双代会), each with the next number of its own term.

    Refused when the day lies outside a term, or two terms are of the same body or not of the same school or branch.
    """
    _fit(parts, convened_on)
    numbered = [replace(part, number=part.number or next_number(part.congress)) for part in parts]
    title = title or title_of(numbered)
    session = Session(title=title, kind=kind, convened_on=convened_on, ends_on=ends_on, place=place)
    return _keep(session, numbered, actor)


@transaction.atomic
def record_session(
    *,
    parts: Sequence[Part],
    convened_on: dt.date,
    source: str,
    actor: User | None,
    title: str = "",
    kind: SessionKind = SessionKind.REGULAR,
    ends_on: dt.date | None = None,
    place: str = "",
) -> Session:
    """补录: record a session held before the portal, without a roll-call; 应到 and 实到 as the source says, if it does.

    Refused for a day to come, and without the source.
    """
    _fit(parts, convened_on)
    if convened_on > timezone.localdate():
        raise Refused("只有已召开的会议才能补录。", field="convened_on")
    if not source.strip():
        raise Refused("请写明资料来源（会议纪要、档案、年鉴等）。", field="source")
    for part in parts:
        if part.due is not None and part.present is not None and part.present > part.due:
            raise Refused("实到代表多于应到代表。", field=f"{part.congress.body}_present")
    session = Session(
        title=title or title_of(parts), kind=kind, convened_on=convened_on, ends_on=ends_on, place=place,
        recorded=True, source=source,
    )  # fmt: skip
    return _keep(session, parts, actor)


def _keep(session: Session, parts: Sequence[Part], actor: User | None) -> Session:
    session.created_by = actor
    saved(session)
    state = SittingState.CLOSED if session.recorded else SittingState.PLANNED
    for part in parts:
        record(Sitting(session=session, state=state, **vars(part)), actor=actor, why=session.source)
    return session


def next_number(congress: Congress) -> int:
    """Return the number of the term's next session."""
    held = congress.sittings.exclude(state=SittingState.CANCELLED)
    numbers = held.exclude(number=None).order_by("-number").values_list("number", flat=True)
    return int(numbers.first() or 0) + 1


def title_of(parts: Sequence[Part]) -> str:
    """Name a session as invitations do: 第六届教代会暨第八届工代会第三次会议."""
    numbers = [part.number for part in parts]
    if len(set(numbers)) == 1:
        behind = f"第{numeral(numbers[0])}次会议" if numbers[0] else "会议"
        return f"{'暨'.join(str(part.congress) for part in parts)}{behind}"
    return "暨".join(
        f"{part.congress}第{numeral(number)}次会议" if number else f"{part.congress}会议"
        for part, number in zip(parts, numbers, strict=True)
    )


def _fit(parts: Sequence[Part], day: dt.date) -> None:
    if not parts:
        raise Refused("会议至少要有一个届次参加。", field="staff")
    if len({part.congress.body for part in parts}) < len(parts):
        raise Refused("同一类大会的两个届次不能合并召开。", field=parts[-1].congress.body)
    if len({part.congress.branch_id for part in parts}) > 1:
        raise Refused("双代会的两个届次须同属学校或同一分工会。", field=parts[-1].congress.body)
    for part in parts:
        if not part.congress.began_on <= day <= part.congress.ends_on:
            raise Refused(
                f"{part.congress}任期为 {part.congress.began_on} 至 {part.congress.ends_on}，{day} 不在任期内。",
                field="convened_on",
            )


@transaction.atomic
def take_back_sittings(*, sittings: QuerySet[Sitting], actor: User | None, why: str) -> None:
    """Let sittings that were recorded or convened by mistake count as not held; their sessions give up their titles."""
    for state, action in ((SittingState.PLANNED, "cancel"), (SittingState.CLOSED, "annul")):
        if found := list(sittings.filter(state=state).values_list("pk", flat=True)):
            take_all(Sitting.objects.filter(pk__in=found), action=action, actor=actor, why=why)
    for session in Session.objects.filter(pk__in=sittings.values("session")):
        session.title = f"{session.title[:80]}（已撤回{session.pk}）"
        saved(session, fields=["title"])


@transaction.atomic
def close_sitting(*, subject: Sitting, actor: User | None) -> Sitting:
    """Close an open sitting; its roll is final from now on. Refused while a vote has no confirmed count."""
    held = hold(subject, "congress", "session")
    sitting_closing.send(Sitting, sitting=held)
    move(held, "close", actor=actor, closed_at=timezone.now())
    return held


@transaction.atomic
def change_session(*, session: Session, **changes: Any) -> Session:
    """Change title, kind, days or place; the day only while no sitting has opened, within every body's term."""
    held = hold(session)
    day = changes.get("convened_on", held.convened_on)
    if day != held.convened_on:
        if not held.recorded and held.sittings.held().exists():
            raise Refused("会议已开幕，日期不再变动。", field="convened_on")
        _fit([Part(one.congress) for one in held.sittings.select_related("congress")], day)
    for name, value in changes.items():
        setattr(held, name, value)
    return saved(held)


@transaction.atomic
def correct_recorded(*, session: Session, body: Body, **numbers: int | None) -> Sitting:
    """Correct the number, 应到 or 实到 of a body's part of a session that was recorded afterwards.

    Refused for one held in the portal: there the roll counts.
    """
    held = hold(session)
    if not held.recorded:
        raise Refused("会议在门户内召开，应到、实到以签到为准，清单不能改动。")
    found: Sitting | None = held.sittings.filter(congress__body=body).first()
    if found is None:
        raise Refused(f"{body.label}没有参加这次会议。")
    sitting = hold(found)
    for name, value in numbers.items():
        setattr(sitting, name, value)
    return saved(sitting, fields=list(numbers))


@transaction.atomic
def seat_in_presidium(*, session: Session, people: Sequence[Person], post: PresidiumPost) -> int:
    """Put people into the presidium with the post, or change the post of those in it; return how many it has now."""
    held = hold(session)
    for person in people:
        PresidiumMember.objects.update_or_create(session=held, person=person, defaults={"post": post})
    return held.presidium.count()


@transaction.atomic
def unseat_from_presidium(*, member: PresidiumMember) -> None:
    """Take somebody out of the presidium of a session that has not been opened."""
    if member.session.sittings.held().exists():
        raise Refused("会议已开幕，主席团不再变动。")
    member.delete()


def presidium_warnings(*, session: Session, members: Sequence[PresidiumMember]) -> list[str]:
    """Say what the rules would like otherwise: half of the presidium teachers (教育部令第32号), one in the chair."""
    if not members:
        return ["尚未登记主席团。"]
    found = []
    teachers = sum(member.person.post_category == PostCategory.TEACHER for member in members)
    staff = any(sitting.congress.body == Body.STAFF for sitting in session.sittings.select_related("congress"))
    if staff and teachers * 2 < len(members):
        found.append(f"主席团 {len(members):,} 人中教师 {teachers:,} 人，应不少于半数。")
    if not any(member.post == PresidiumPost.EXECUTIVE for member in members):
        found.append("尚未登记执行主席。")
    return found
