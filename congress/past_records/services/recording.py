"""补录: proposals of past sessions entered from paper as they ended, with their reply and its rating."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from congress.bodies.models import Congress
from congress.delegates.models import Delegate, Delegation
from congress.departments.models import Department
from congress.drives.models import ProposalCategory, ProposalDrive
from congress.handling.enums import Duty, Grade, ReplyKind, ReplyState
from congress.handling.models import Assignment, Reply
from congress.proposals.enums import OUTCOME_OF, Outcome, ProposalState
from congress.proposals.models import Proposal
from congress.ratings.models import Rating
from congress.ratings.services.rating import follows
from congress.sessions.models import Session
from union_portal.accounts.models import User
from union_portal.base.errors import DomainError
from union_portal.base.moments import noon
from union_portal.base.steps import hold, record, saved, take_all

_STATES = {
    Outcome.UNDECIDED: ProposalState.SUBMITTED,
    Outcome.DECLINED: ProposalState.DECLINED,
    Outcome.MERGED: ProposalState.MERGED,
    Outcome.WITHDRAWN: ProposalState.WITHDRAWN,
}
# What a department may have handled: before it was given, while it works, and when it has answered.
HANDLED = {
    Outcome.FILED: (ProposalState.FILED, ProposalState.ASSIGNED, ProposalState.CLOSED),
    Outcome.PASSED_ON: (ProposalState.PASSED_ON, ProposalState.ADVISING, ProposalState.ADVISED),
}
WHY = "补录的清单"


@dataclass(frozen=True)
class Author:
    """Who proposed, as far as the paper says: a delegate, a delegation, or a name in words."""

    delegate: Delegate | None = None
    delegation: Delegation | None = None
    words: str = ""


@dataclass(frozen=True)
class Handled:
    """How it was handled. `answered_on` says that there was a reply, `grade` how it was rated."""

    lead: Department | None = None
    support: tuple[Department, ...] = ()
    due_on: dt.date | None = None
    answered_on: dt.date | None = None
    kind: ReplyKind = ReplyKind.DONE
    text: str = ""
    promised_on: dt.date | None = None
    grade: Grade | None = None
    words: str = ""


@dataclass(frozen=True)
class Paper:
    """A proposal as the paper has it. Outcome UNDECIDED: nobody knows any more what became of it (去向不详)."""

    number: str
    title: str
    outcome: Outcome
    author: Author = field(default_factory=Author)
    grounds: str = ""
    measures: str = ""
    category: ProposalCategory | None = None
    merged_into: Proposal | None = None
    submitted_on: dt.date | None = None
    decided_on: dt.date | None = None
    source: str = ""


@transaction.atomic
def record_proposal(
    *, session: Session, congress: Congress, paper: Paper, handled: Handled | None = None, actor: User | None
) -> Proposal:
    """Enter a proposal of a session that is over, with assignment, reply and rating; its drive is made when missing.

    Raises DomainError for what cannot be: a session still to come, a body that did not sit in it, a reply without a
    lead department, a rating without a reply.
    """
    done = handled or Handled()
    refuse(session=session, congress=congress, paper=paper, handled=done)
    drive = past_drive(session=session, code=paper.number.rpartition("-")[0])
    state = _state(paper.outcome, done)
    made = Proposal(
        drive=drive,
        congress=congress,
        number=paper.number,
        title=paper.title,
        grounds=paper.grounds,
        measures=paper.measures,
        category=paper.category,
        proposer=paper.author.delegate,
        delegation=paper.author.delegation,
        as_body=paper.author.delegation is not None and paper.author.delegate is None,
        author_words=paper.author.words,
        state=state,
        outcome=OUTCOME_OF[state],
        merged_into=paper.merged_into,
        submitted_at=noon(paper.submitted_on or session.convened_on),
        decided_on=_decided_on(paper, session),
        filed_on=(paper.decided_on or session.convened_on) if paper.outcome == Outcome.FILED else None,
        due_on=done.due_on,
        answered_on=done.answered_on,
        closed_on=done.answered_on,
        recorded=True,
        source=paper.source,
        entered_by=actor,
    )
    record(made, actor=actor, why=f"补录：{paper.source or '—'}")
    if done.lead or done.support:
        assign(made, done, actor)
    if done.answered_on is not None:
        answer(made, done, actor)
    return made


def _decided_on(paper: Paper, session: Session) -> dt.date | None:
    """Return the day of the decision, where there was one: the session's, of which no other is known."""
    undecided = paper.outcome in {Outcome.UNDECIDED, Outcome.WITHDRAWN}
    return paper.decided_on or (None if undecided else session.convened_on)


@transaction.atomic
def annul_proposals(*, proposals: "QuerySet[Proposal]", actor: User | None, why: str) -> None:
    """Let recorded proposals count as never handed in, and leave their numbers free; their moves stay to be read."""
    gone = {"submitted_at": None, "outcome": Outcome.UNDECIDED, "merged_into": None}
    take_all(proposals, action="annul", actor=actor, why=why, **gone)


@transaction.atomic
def explain_difference(*, drive: ProposalDrive, words: str) -> ProposalDrive:
    """Keep in the drive why collected is not the sum of the outcomes; every report that counts it says so."""
    held = hold(drive)
    held.reconciliation = words.strip()
    return saved(held, fields=["reconciliation"])


def refuse(*, session: Session, congress: Congress, paper: Paper, handled: Handled) -> None:
    """Raise DomainError for what no paper can say."""
    if session.convened_on > timezone.localdate():
        raise DomainError("会议尚未召开，提案请在门户内征集。", field="session")
    if not session.sittings.filter(congress=congress).exists():
        raise DomainError("该机构没有参加这次会议。", field="body")
    if (paper.outcome == Outcome.MERGED) != (paper.merged_into is not None):
        raise DomainError("并案的提案须填写“并入编号”且该提案已录入；其他结果不得填写。", field="merged_into")
    if paper.outcome not in HANDLED and (handled.lead or handled.answered_on or handled.grade):
        raise DomainError("只有立案或转意见建议的提案才有承办部门、答复和评价。", field="outcome")
    if paper.outcome == Outcome.FILED and handled.answered_on is not None and handled.lead is None:
        raise DomainError("请填写答复的主办部门。", field="lead")
    if handled.grade is not None and handled.answered_on is None:
        raise DomainError("有评价的提案须填写答复日期。", field="answered_on")
    if handled.kind == ReplyKind.PLANNED and handled.promised_on is None:
        raise DomainError("列入计划的须写明完成时限。", field="promised_on")


def _state(outcome: Outcome, handled: Handled) -> ProposalState:
    if outcome not in HANDLED:
        return _STATES[outcome]
    begun, in_hand, over = HANDLED[outcome]
    if handled.answered_on is not None:
        return over
    return in_hand if handled.lead else begun


def past_drive(*, session: Session, code: str = "") -> ProposalDrive:
    """Return the session's drive; a session of the past that had none gets one, opened and closed on its day."""
    found: ProposalDrive | None = ProposalDrive.objects.filter(session=session).first()
    if found is not None:
        return found
    code = (code or f"{session.convened_on:%Y}")[:16]
    if ProposalDrive.objects.filter(code=code).exists():
        code = f"{code[:8]}-{session.pk}"
    made: ProposalDrive = ProposalDrive.objects.create(
        session=session, code=code, opens_on=session.convened_on, closes_at=noon(session.convened_on)
    )
    return made


def assign(proposal: Proposal, handled: Handled, actor: User | None) -> None:
    """Give it to the departments named; what others held ends."""
    named: Iterable[tuple[Department, Duty]] = [
        *([(handled.lead, Duty.LEAD)] if handled.lead else []),
        *((one, Duty.SUPPORT) for one in handled.support),
    ]
    wanted = {department.pk: duty for department, duty in named}
    held = {}
    for one in proposal.assignments.filter(ended_at=None):
        if wanted.get(one.department_id) == one.duty:
            held[one.department_id] = one.duty
        else:
            one.ended_at, one.end_reason = timezone.now(), WHY
            saved(one, fields=["ended_at", "end_reason"])
    for department, duty in named:
        if held.get(department.pk) == duty:
            continue
        Assignment.objects.create(proposal=proposal, department=department, duty=duty, assigned_by=actor)


def answer(proposal: Proposal, handled: Handled, actor: User | None) -> None:
    """Enter the reply that was sent, and its rating."""
    assert handled.answered_on is not None  # noqa: S101 - refused above
    sent_at = noon(handled.answered_on)
    text = handled.text or "补录，未录入答复正文"
    reply = Reply(
        proposal=proposal,
        kind=handled.kind,
        text=text,
        reason=text if handled.kind == ReplyKind.CANNOT else "",
        promised_on=handled.promised_on,
        state=ReplyState.SENT,
        department=handled.lead,
        handed_in_at=sent_at,
        sent_at=sent_at,
        due_on=handled.due_on,
    )
    record(reply, actor=actor)
    rate(reply, handled)


def rate(reply: Reply, handled: Handled, *, instead_of: Rating | None = None) -> None:
    """Enter the rating, if there was one, perhaps in the place of a void one."""
    if handled.grade is not None:
        proposer = reply.proposal.proposer
        person = proposer.person if proposer else None
        told = {"reply": reply, "grade": handled.grade, "words": handled.words, "person": person, "recorded": True}
        Rating.objects.create(**told, **follows(instead_of, why=WHY))
