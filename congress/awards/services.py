"""Awards (优秀提案、先进承办单位): the statistics they are chosen from, and their record."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Count, Prefetch, Q
from django.utils import timezone

from congress.awards.enums import AwardKind
from congress.awards.models import Award
from congress.departments.models import Department
from congress.handling.enums import Duty, Grade, ReplyKind, ReplyState
from congress.handling.models import Assignment, Reply
from congress.proposals.enums import FILED_STATES, SecondingState
from congress.proposals.models import Proposal
from congress.sessions.models import Session
from union_portal.accounts.models import User
from union_portal.base.errors import Conflict, Refused


@dataclass
class ProposalStanding:
    """What speaks for a proposal: seconders, proposals merged into it, how it was answered and rated, in days."""

    proposal: Proposal
    seconders: int
    merged: int
    kind: str
    days: int | None
    grade: str

    @property
    def kind_label(self) -> str:
        """The last reply's kind in words."""
        return str(ReplyKind(self.kind).label) if self.kind else ""

    @property
    def grade_label(self) -> str:
        """The last rating in words."""
        return str(Grade(self.grade).label) if self.grade else ""

    def data(self) -> dict[str, Any]:
        """Return the figures as they are kept with an award."""
        return asdict_without(self, "proposal")


@dataclass
class DepartmentStanding:
    """What speaks for a department: proposals led and supported, answered, in time, mean days, ratings."""

    department: Department
    led: int = 0
    supported: int = 0
    answered: int = 0
    in_time: int = 0
    days: Decimal | None = None
    satisfied: int = 0
    basically: int = 0
    dissatisfied: int = 0

    @property
    def rated(self) -> int:
        """How many replies were rated."""
        return self.satisfied + self.basically + self.dissatisfied

    def data(self) -> dict[str, Any]:
        """Return the figures as they are kept with an award."""
        figures = asdict_without(self, "department")
        return figures | {"days": str(self.days) if self.days is not None else None}


def asdict_without(standing: Any, name: str) -> dict[str, Any]:
    """Return a standing's fields without the row it is about."""
    return {key: getattr(standing, key) for key in standing.__dataclass_fields__ if key != name}


def proposals(*, session: Session) -> list[ProposalStanding]:
    """Return the filed proposals of a session, the best rated and the quickest carried out first."""
    rows = [_of_proposal(row) for row in _filed(session)]
    grades = [Grade.SATISFIED, Grade.BASICALLY, "", Grade.DISSATISFIED]
    kinds = [ReplyKind.DONE, ReplyKind.PLANNED, ReplyKind.CANNOT, ""]
    return sorted(
        rows,
        key=lambda one: (
            grades.index(one.grade),
            kinds.index(one.kind),
            -one.merged,
            -one.seconders,
            one.proposal.number,
        ),
    )


def departments(*, session: Session) -> list[DepartmentStanding]:
    """Return the departments that led or supported, the best on time and in ratings first.

    In time counts a first reply by its deadline; the rating is that of the last reply.
    """
    found: dict[int, DepartmentStanding] = {}
    spans: dict[int, list[int]] = defaultdict(list)
    for proposal in _filed(session):
        for assignment in proposal.standing:
            one = found.setdefault(assignment.department_id, DepartmentStanding(assignment.department))
            if assignment.duty == Duty.SUPPORT:
                one.supported += 1
                continue
            one.led += 1
            _count(one, proposal, assignment, spans[assignment.department_id])
    for key, one in found.items():
        if spans[key]:
            one.days = (Decimal(sum(spans[key])) / len(spans[key])).quantize(Decimal("0.1"))
    return sorted(found.values(), key=_merit)


@transaction.atomic
def bestow(
    *,
    session: Session,
    actor: User,
    proposal: Proposal | None = None,
    department: Department | None = None,
    on: dt.date | None = None,
    grounds: str = "",
) -> Award:
    """Record an award with the statistics of the day; each is given once a session."""
    Session.objects.select_for_update().get(pk=session.pk)
    if (proposal is None) == (department is None):
        raise Refused("请选择受表彰的提案或部门。")
    figures: dict[str, Any]
    if proposal is not None:
        if proposal.drive.session_id != session.pk or proposal.state not in FILED_STATES:
            raise Refused("只能表彰本次会议立案的提案。", field="proposal")
        kind = AwardKind.PROPOSAL
        figures = next(one.data() for one in proposals(session=session) if one.proposal.pk == proposal.pk)
    else:
        kind = AwardKind.DEPARTMENT
        mine = [one.data() for one in departments(session=session) if department and one.department.pk == department.pk]
        if not mine:
            raise Refused("该部门没有承办本次会议的提案。", field="department")
        figures = mine[0]
    if Award.objects.filter(session=session, kind=kind, proposal=proposal, department=department).exists():
        raise Conflict("该表彰已登记。")
    return Award.objects.create(
        session=session,
        kind=kind,
        proposal=proposal,
        department=department,
        awarded_on=on or timezone.localdate(),
        grounds=grounds.strip(),
        statistics=figures,
        decided_by=actor,
    )


def _filed(session: Session) -> Any:
    rows: Any = Proposal.objects.filter(drive__session=session, state__in=FILED_STATES)
    sent = Reply.objects.filter(state=ReplyState.SENT).select_related("rating").order_by("round")
    standing = Assignment.objects.filter(ended_at__isnull=True).select_related("department")
    return (
        rows.select_related("category", "proposer__person", "delegation")
        .annotate(
            seconders=Count("secondings", filter=Q(secondings__state=SecondingState.ACCEPTED), distinct=True),
            merged_count=Count("merged", distinct=True),
        )
        .prefetch_related(
            Prefetch("replies", sent, to_attr="sent"), Prefetch("assignments", standing, to_attr="standing")
        )
        .order_by("number")
    )


def _of_proposal(row: Any) -> ProposalStanding:
    last = row.sent[-1] if row.sent else None
    rating = getattr(last, "rating", None)
    lead = next((one for one in row.standing if one.duty == Duty.LEAD), None)
    return ProposalStanding(
        proposal=row,
        seconders=row.seconders,
        merged=row.merged_count,
        kind=last.kind if last else "",
        days=_days(lead, row.sent[0]) if lead and row.sent else None,
        grade=rating.grade if rating else "",
    )


def _days(assignment: Assignment, reply: Reply) -> int | None:
    if reply.sent_at is None:
        return None
    return max((timezone.localdate(reply.sent_at) - timezone.localdate(assignment.assigned_at)).days, 0)


def _in_time(proposal: Proposal, reply: Reply) -> bool:
    due = reply.due_on or proposal.due_on
    return due is None or reply.sent_at is None or timezone.localdate(reply.sent_at) <= due


def _count(one: DepartmentStanding, proposal: Any, assignment: Assignment, spans: list[int]) -> None:
    if not proposal.sent:
        return
    one.answered += 1
    span = _days(assignment, proposal.sent[0])
    if span is not None:
        spans.append(span)
    if all(_in_time(proposal, reply) for reply in proposal.sent):
        one.in_time += 1
    rating = getattr(proposal.sent[-1], "rating", None)
    if rating is not None:
        setattr(one, rating.grade, getattr(one, rating.grade) + 1)


def _merit(one: DepartmentStanding) -> tuple[Any, ...]:
    share = Decimal(one.in_time) / one.led if one.led else Decimal(-1)
    content = (Decimal(one.satisfied) + Decimal(one.basically) / 2) / one.rated if one.rated else Decimal(-1)
    return (-content, -share, one.days if one.days is not None else Decimal(10**6), one.department.code)
