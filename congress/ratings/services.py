"""The proposer's rating (满意度): once per reply; 不满意 leads to a second handling, and nothing to a third.

A topic has one rating, the leading proposal's; authors of proposals merged into it give opinions beside it. Who rates
on paper has it entered by the office, which says so.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from congress.handling.enums import Grade, ReplyState
from congress.handling.models import Reply
from congress.proposals.enums import ProposalState
from congress.proposals.models import Proposal
from congress.proposals.services.authorship import authors
from congress.proposals.services.guards import is_author, require_state
from congress.ratings.models import Opinion, Rating
from members.people.models import Person
from union_portal.accounts.models import User
from union_portal.base.errors import Conflict, Refused
from union_portal.base.moments import minute
from union_portal.base.steps import hold, move, unchanged

HANDLINGS = 2


@dataclass(frozen=True)
class Paper:
    """A judgement on paper: the day it reached the office, who enters it, and its scan if there is one."""

    received_on: dt.date
    actor: User
    scan: File[bytes] | None = None

    @property
    def fields(self) -> dict[str, Any]:
        """As a judgement keeps them."""
        return {"received_on": self.received_on, "entered_by": self.actor, "scan": self.scan or ""}


@transaction.atomic
def rate(
    *, reply: Reply, grade: Grade, words: str = "", person: Person, actor: User | None, version: int | None = None
) -> Rating:
    """Rate the reply as its proposer, or as head of the delegation that proposed; `version` is the reply's.

    不满意 on the first reply needs words and sends the proposal to the second handling with a new deadline; everything
    else closes it. Raises Conflict when it is rated already, naming when; Refused to anybody else.
    """
    held = hold(reply.proposal, "drive", "proposer__person", "delegation")
    if not is_author(held, person=person):
        raise Refused("只有提案人本人可以评价答复。")
    return _rate(held, reply, grade, words.strip(), person=person, actor=actor, version=version)


@transaction.atomic
def enter_rating(*, reply: Reply, grade: Grade, words: str = "", paper: Paper) -> Rating:
    """Enter the proposer's rating from paper; it does what one given in the portal does.

    Raises what `rate` does, and Refused for a day that cannot be.
    """
    held = hold(reply.proposal, "drive", "proposer__person", "delegation")
    _judge_day(reply, paper)
    person = next(iter(authors(held)), None)
    return _rate(held, reply, grade, words.strip(), person=person, actor=paper.actor, version=None, **paper.fields)


def _judge_day(reply: Reply, paper: Paper) -> None:
    if paper.received_on > timezone.localdate():
        raise Refused("收到日期不能晚于今天。", field="received_on")
    sent = timezone.localdate(reply.sent_at) if reply.sent_at else None
    if sent is not None and paper.received_on < sent:
        raise Refused(f"答复于 {sent} 送达，纸质评价不能早于这一天。", field="received_on")


def _rate(
    held: Proposal,
    reply: Reply,
    grade: Grade,
    said: str,
    *,
    person: Person | None,
    actor: User | None,
    version: int | None,
    **paper: Any,
) -> Rating:
    rated = hold(reply)
    found = Rating.objects.filter(reply=rated).first()
    if found is not None:
        raise Conflict(f"该答复已于 {minute(found.at)} 评价为“{found.get_grade_display()}”，每次答复只评价一次。")
    require_state(held, states=(ProposalState.ANSWERED,))
    unchanged(rated, version=version)
    if rated.round != held.round:
        raise Conflict("已有新的答复，请评价最新的答复。")
    again = grade == Grade.DISSATISFIED and held.round < HANDLINGS
    if again and not said:
        raise Refused("请说明不满意之处，以便承办部门再次办理。", field="words")
    made: Rating = Rating.objects.create(reply=rated, grade=grade, words=said, person=person, **paper)
    today = timezone.localdate()
    why = f"{said}（据纸质评价代录，{paper['received_on']} 收到）" if paper else said
    if again:
        due = today + dt.timedelta(days=held.drive.reply_days)
        move(held, "handle_again", actor=actor, why=why, round=held.round + 1, due_on=due, rate_by=None)
    else:
        move(held, "rate", actor=actor, why=why, closed_on=today)
    return made


def opinions_due(proposal: Proposal, *, user: User) -> list[Proposal]:
    """Return the account's proposals merged into this one whose opinion on the newest reply is still to be given.

    It is open from the reply to the end of the days to rate, whether or not the leading author has rated meanwhile.
    """
    reply = proposal.replies.filter(state=ReplyState.SENT).order_by("round").last()
    if reply is None or reply.sent_at is None or timezone.localdate() > _opinion_by(proposal, reply):
        return []
    return list(silent(reply).filter(pk__in=Proposal.objects.authored_by(user).values("pk")))


def silent(reply: Reply | None) -> "QuerySet[Proposal]":
    """Return the merged proposals whose authors gave no opinion on the reply; before a reply there is none to give."""
    if reply is None:
        return Proposal.objects.none()
    merged: QuerySet[Proposal] = Proposal.objects.filter(merged_into=reply.proposal_id)
    return merged.exclude(opinions__reply=reply).order_by("number")


def _opinion_by(proposal: Proposal, reply: Reply) -> dt.date:
    sent = timezone.localdate(reply.sent_at) if reply.sent_at else timezone.localdate()
    return proposal.rate_by or sent + dt.timedelta(days=proposal.drive.feedback_days)


@transaction.atomic
def give_opinion(
    *, reply: Reply, grade: Grade, words: str = "", person: Person, actor: User, version: int | None = None
) -> list[Opinion]:
    """Record what the author of proposals merged into this one thinks of the joint reply: once for each of them.

    It moves nothing and counts in no rate: one topic has one rating, its leading author's. Raises Conflict when it
    was given already or the days are over or there is a newer reply, Refused to anybody else and to the leading author.
    """
    held = hold(reply.proposal, "drive", "proposer__person", "delegation")
    judged = hold(reply)
    if is_author(held, person=person):
        raise Refused("您是牵头提案的提案人，请直接评价答复。")
    if not Proposal.objects.authored_by(actor).filter(merged_into=held).exists():
        raise Refused("只有并入本案的提案人可以提意见。")
    unchanged(judged, version=version)
    due = opinions_due(held, user=actor)
    if not due:
        raise Conflict("您已提过意见，或提意见的期限已过。")
    _newest(held, judged)
    said = words.strip()
    return [Opinion.objects.create(reply=judged, proposal=one, grade=grade, words=said, person=person) for one in due]


@transaction.atomic
def enter_opinion(*, reply: Reply, proposal: Proposal, grade: Grade, words: str = "", paper: Paper) -> Opinion:
    """Enter from paper what the author of a proposal merged into this one thinks of the joint reply.

    In time is judged by the day the paper came. Raises what `give_opinion` does, and Refused for a day that cannot be.
    """
    held = hold(reply.proposal, "drive")
    judged = hold(reply)
    _judge_day(judged, paper)
    _newest(held, judged)
    by, person = _opinion_by(held, judged), next(iter(authors(proposal)), None)
    if not silent(judged).filter(pk=proposal.pk).exists():
        raise Conflict("该提案未并入本案，或已提过意见。")
    if paper.received_on > by:
        raise Refused(f"提意见的期限为 {by}，这份意见收到时已过期。", field="received_on")
    if person is None:
        raise Refused("该并案提案没有登记提案人，不能代录意见。", field="proposal")
    said, day = words.strip(), paper.fields
    made: Opinion = Opinion.objects.create(
        reply=judged, proposal=proposal, grade=grade, words=said, person=person, **day
    )
    return made


def _newest(held: Proposal, judged: Reply) -> None:
    if judged.state != ReplyState.SENT or held.replies.filter(state=ReplyState.SENT, round__gt=judged.round).exists():
        raise Conflict("已有新的答复，请评价最新的答复。")


@transaction.atomic
def close_unrated(*, on: dt.date, actor: User | None = None) -> int:
    """Close what nobody rated by the last day for it; return how many. Running again does nothing."""
    waiting = Proposal.objects.select_for_update().filter(state=ProposalState.ANSWERED, rate_by__lt=on)
    count = 0
    for held in waiting.order_by("pk"):
        move(held, "close_unrated", actor=actor, why=f"至 {held.rate_by} 未评价。", closed_on=on)
        count += 1
    return count
