"""The proposer's rating (满意度): once per reply; 不满意 leads to a second handling, and nothing to a third.

A topic has one rating, the leading proposal's; authors of proposals merged into it give opinions beside it. Who rates
on paper has it entered by the office, which says so.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from congress.handling.enums import Grade
from congress.handling.models import Reply
from congress.proposals.enums import ProposalState
from congress.proposals.models import Proposal
from congress.proposals.services.authorship import authors
from congress.proposals.services.guards import RATE_LATER, is_author, remark, require_state
from congress.ratings.models import Rating
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

    def judge_day(self, reply: Reply) -> None:
        """Refuse a day still to come, or before the reply reached its author."""
        if self.received_on > timezone.localdate():
            raise Refused("收到日期不能晚于今天。", field="received_on")
        sent = timezone.localdate(reply.sent_at) if reply.sent_at else None
        if sent is not None and self.received_on < sent:
            raise Refused(f"答复于 {sent} 送达，纸质评价不能早于这一天。", field="received_on")


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

    Also when the days to rate are over: the proposal stays closed, or goes into the second handling after all; one
    recorded from before the portal stays as it was. Raises what `rate` does, and Refused for a day that cannot be.
    """
    held = hold(reply.proposal, "drive", "proposer__person", "delegation")
    paper.judge_day(reply)
    person = next(iter(authors(held)), None)
    return _rate(held, reply, grade, words.strip(), person=person, actor=paper.actor, version=None, **paper.fields)


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
    before = Rating.objects.newest(reply=rated)
    if before is not None and not before.voided:
        raise Conflict(f"该答复已于 {minute(before.at)} 评价为“{before.get_grade_display()}”，每次答复只评价一次。")
    require_state(held, states=(ProposalState.ANSWERED, *([ProposalState.CLOSED] if paper else [])))
    unchanged(rated, version=version)
    if rated.round != held.round:
        raise Conflict("已有新的答复，请评价最新的答复。")
    again = is_handled_again(held, rated, grade=grade, said=said)
    told = {"reply": rated, "grade": grade, "words": said, "person": person, **paper}
    made: Rating = Rating.objects.create(**told, **follows(before, why="原评价已作废，重新评价。"))
    why = f"{said}（据纸质评价代录，{paper['received_on']} 收到）" if paper else said
    if held.state == ProposalState.ANSWERED:
        if again:
            move(held, "handle_again", actor=actor, why=why, **second_handling(held, rated))
        else:
            move(held, "rate", actor=actor, why=why, closed_on=timezone.localdate())
    elif again:
        move(held, "reopen", actor=actor, why=why, closed_on=None, **second_handling(held, rated))
    else:
        remark(held, action=RATE_LATER, actor=actor, why=why)
    return made


def follows(before: Rating | None, *, why: str) -> dict[str, Any]:
    """Return what says of a rating that it stands in the place of another."""
    return {} if before is None else {"corrects": before, "reason": why}


def is_handled_again(held: Proposal, reply: Reply, *, grade: Grade, said: str) -> bool:
    """Tell whether the grade of the reply asks for a second handling; refuse one that does without words.

    What was recorded from before the portal is never handled again.
    """
    again = grade == Grade.DISSATISFIED and reply.round < HANDLINGS and not held.recorded
    if again and not said:
        raise Refused("请说明不满意之处，以便承办部门再次办理。", field="words")
    return again


def second_handling(held: Proposal, reply: Reply) -> dict[str, Any]:
    """Return what holds of a proposal from the day on which its second handling begins."""
    due = timezone.localdate() + dt.timedelta(days=held.drive.reply_days)
    return {"round": reply.round + 1, "due_on": due, "rate_by": None}


@transaction.atomic
def close_unrated(*, on: dt.date, actor: User | None = None) -> int:
    """Close what nobody rated by the last day for it; return how many. Running again does nothing."""
    waiting = Proposal.objects.select_for_update().filter(state=ProposalState.ANSWERED, rate_by__lt=on)
    count = 0
    for held in waiting.order_by("pk"):
        move(held, "close_unrated", actor=actor, why=f"至 {held.rate_by} 未评价。", closed_on=on)
        count += 1
    return count
