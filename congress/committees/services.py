"""Committees: who sits on them from when to when, their meetings, and what they reviewed and decided."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from congress.committees.enums import CommitteePost, Handling
from congress.committees.models import Committee, CommitteeSeat, Meeting, ReviewedDocument
from congress.regulations.models import Regulation
from members.people.models import Person
from union_portal.accounts.models import User
from union_portal.base.errors import DomainError, Refused


@transaction.atomic
def seat(
    *,
    committee: Committee,
    person: Person,
    on: dt.date,
    post: CommitteePost = CommitteePost.MEMBER,
    document: str = "",
    by_election: bool = False,
) -> CommitteeSeat:
    """Give somebody a seat from the day on. Raises DomainError for a day outside the term or a second seat."""
    if on < committee.began_on or (committee.ends_on and on > committee.ends_on):
        raise DomainError(
            f"日期不在委员会任期内（任期自 {committee.began_on} 起）。",
            field="valid_from",
        )
    if CommitteeSeat.objects.filter(committee=committee, person=person).in_force(on=on).exists():
        raise DomainError("该人员已是委员会成员。", field="person")
    made: CommitteeSeat = CommitteeSeat.objects.create(
        committee=committee,
        person=person,
        post=post,
        valid_from=on,
        document=document,
        by_election=by_election,
    )
    return made


@transaction.atomic
def leave(*, seat: CommitteeSeat, on: dt.date) -> CommitteeSeat:
    """End a seat on the day, the last one held. Raises DomainError when it has ended or had not begun."""
    held: CommitteeSeat = CommitteeSeat.objects.select_for_update().get(pk=seat.pk)
    if held.valid_to is not None:
        raise Refused(f"该任职已于 {held.valid_to} 结束。")
    if on < held.valid_from:
        raise DomainError("结束日期不能早于起始日期。", field="valid_to")
    held.valid_to = on
    held.save(update_fields=["valid_to"])
    return held


def members_due(*, committee: Committee, on: dt.date) -> int:
    """Count the seats in force on the day: who is due at a meeting."""
    count: int = committee.seats.in_force(on=on).count()
    return count


@dataclass(frozen=True)
class Paper:
    """A document a meeting dealt with."""

    title: str
    handling: Handling = Handling.REVIEWED
    opinion: str = ""
    regulation: Regulation | None = None
    file: Any = None


@transaction.atomic
def hold_meeting(  # noqa: PLR0913
    *,
    committee: Committee,
    held_on: dt.date,
    actor: User | None,
    title: str = "",
    place: str = "",
    present: int | None = None,
    due: int | None = None,
    minutes: str = "",
    decisions: str = "",
    papers: Iterable[Paper] = (),
) -> Meeting:
    """Record a meeting with the documents it dealt with; 应到 is counted from the seats unless given.

    Raises DomainError for a day in the future, too many present, the same meeting or document twice.
    """
    if held_on > timezone.localdate():
        raise DomainError("日期晚于今天。", field="held_on")
    expected = due if due is not None else members_due(committee=committee, on=held_on) or None
    if present is not None and expected is not None and present > expected:
        raise DomainError(
            f"实到 {present} 人，但委员会当日共有委员 {expected} 人。",
            field="present",
        )
    try:
        with transaction.atomic():
            made: Meeting = Meeting.objects.create(
                committee=committee,
                number=committee.meetings.filter(held_on__lte=held_on).count() + 1,
                held_on=held_on,
                title=title.strip(),
                place=place.strip(),
                due=expected,
                present=present,
                minutes=minutes.strip(),
                decisions=decisions.strip(),
                entered_by=actor,
            )
    except IntegrityError as error:
        raise DomainError("该会议已登记。", field="held_on") from error
    for paper in papers:
        review_document(meeting=made, paper=paper)
    return made


@transaction.atomic
def review_document(*, meeting: Meeting, paper: Paper) -> ReviewedDocument:
    """Record that a meeting dealt with a document. Raises DomainError when it is there already or has no title."""
    title = paper.title.strip()
    if not title:
        raise DomainError("请填写文件名称。", field="title")
    made, is_new = ReviewedDocument.objects.get_or_create(
        meeting=meeting,
        title=title,
        defaults={
            "handling": paper.handling,
            "opinion": paper.opinion,
            "regulation": paper.regulation,
            "file": paper.file or "",
        },
    )
    if not is_new:
        raise DomainError("该会议已登记此文件。", field="title")
    return made


def lacks_quorum(*, meeting: Meeting) -> bool:
    """Tell whether too few were present by the committee's own quorum; unknown numbers are not held against it."""
    if meeting.due is None or meeting.present is None:
        return False
    committee = meeting.committee
    return meeting.present * committee.quorum_denominator < meeting.due * committee.quorum_numerator
