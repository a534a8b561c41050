"""更正: what the office entered wrongly from a paper is put right by a further rating, which says why.

The wrong one stays to be read. What the proposal owes to it follows, as far as its handling has not gone on since.
"""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils import timezone

from congress.handling.enums import Grade
from congress.handling.models import Reply
from congress.proposals.enums import ProposalState
from congress.proposals.models import Proposal
from congress.proposals.services.guards import CORRECT, need_words, remark
from congress.ratings.models import Rating
from congress.ratings.services.rating import Paper, follows, is_handled_again, second_handling
from union_portal.accounts.models import User
from union_portal.base.errors import Conflict, Refused
from union_portal.base.steps import hold, move


@transaction.atomic
def correct_rating(*, reply: Reply, grade: Grade | None, words: str = "", why: str, paper: Paper) -> Rating:
    """Put what was entered of a reply's rating right; no grade says that it is void and the reply is not rated.

    Raises Conflict when there is nothing to correct or the second reply is being signed, Refused for what the proposer
    gave in the portal himself, for a correction without a reason or that changes nothing, and for a wrong day.
    """
    held = hold(reply.proposal, "drive")
    judged = hold(reply)
    wrong = Rating.objects.newest(reply=judged)
    if wrong is None or wrong.voided:
        raise Conflict("这份答复没有可以更正的评价。")
    if not wrong.by_office:
        raise Refused("这是提案人本人在平台上的评价，不能更正。")
    why = need_words(why, message="请写明更正的原因。", field_name="why")
    paper.judge_day(judged)
    said = words.strip()
    if (grade, said, paper.received_on) == (wrong.grade, wrong.words, wrong.received_on) and not paper.scan:
        raise Refused("更正后的内容与原来的登记相同。", field="grade")
    again = grade is not None and is_handled_again(held, judged, grade=grade, said=said)
    told = {"grade": grade or wrong.grade, "words": said if grade else wrong.words, "voided": grade is None}
    made = _put_right(wrong, **told, why=why, **paper.fields)
    after = f"由“{wrong.get_grade_display()}”更正为“{made.get_grade_display()}”" if grade else "评价作废"
    _follow(held, judged, grade=grade, again=again, actor=paper.actor, why=f"{after}：{why}")
    return made


@transaction.atomic
def void_ratings(*, keys: Collection[Any], why: str, actor: User) -> None:
    """Let ratings that a list recorded count no more; the lists' own proposals never move by them.

    Raises Refused when one was corrected since.
    """
    for one in Rating.objects.filter(pk__in=keys).select_related("reply").order_by("pk"):
        if hasattr(one, "corrected_by"):
            raise Refused(f"{one.reply.proposal}的评价此后已更正。")
        _put_right(
            one, grade=one.grade, words=one.words, voided=True, why=why, **Paper(timezone.localdate(), actor).fields
        )


def _put_right(wrong: Rating, *, why: str, scan: Any = "", **told: Any) -> Rating:
    """Write the further rating; the paper stays the same one unless another is handed in."""
    told |= {"scan": scan or wrong.scan.name, "reply": wrong.reply, "person": wrong.person, "recorded": wrong.recorded}
    made: Rating = Rating.objects.create(**told, **follows(wrong, why=why[:300]))
    return made


def _follow(held: Proposal, judged: Reply, *, grade: Grade | None, again: bool, actor: User | None, why: str) -> None:
    """Lead the proposal where the rating leads as it is now: closed, handled again, or waiting for a rating."""
    decided = held.round == judged.round + (held.state != ProposalState.CLOSED)
    if held.state == ProposalState.SIGNING and decided:
        raise Conflict("二次办理的答复正在签批，请在签发或退回后再更正。")
    action, facts = "", {}
    if not held.recorded and decided and held.state in {ProposalState.CLOSED, ProposalState.REHANDLING}:
        is_again = held.state == ProposalState.REHANDLING
        first: dict[str, Any] = {"round": judged.round, "due_on": judged.due_on} if is_again else {}
        today = timezone.localdate()
        if grade is None:
            action, facts = (
                "await_rating",
                {**first, "closed_on": None, "rate_by": today + dt.timedelta(days=held.drive.feedback_days)},
            )
        elif again and not is_again:
            action, facts = "reopen", {"closed_on": None, **second_handling(held, judged)}
        elif is_again and not again:
            action, facts = "end_again", {**first, "closed_on": today}
    if action:
        move(held, action, actor=actor, why=why, **facts)
    else:
        remark(held, action=CORRECT, actor=actor, why=why)
