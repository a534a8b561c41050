"""What joint proposers think of a reply: beside the rating, and counted in no rate."""

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from congress.handling.enums import Grade, ReplyState
from congress.handling.models import Reply
from congress.proposals.models import Proposal
from congress.proposals.services.authorship import authors
from congress.proposals.services.guards import is_author
from congress.ratings.models import Opinion
from congress.ratings.services.rating import Paper
from members.people.models import Person
from union_portal.accounts.models import User
from union_portal.base.errors import Conflict, Refused
from union_portal.base.steps import hold, unchanged


def opinions_due(*, proposal: Proposal, user: User) -> list[Proposal]:
    """Return the account's proposals merged into this one whose opinion on the newest reply is still to be given.

    It is open from the reply to the end of the days to rate, whether or not the leading author has rated meanwhile.
    """
    reply = proposal.replies.filter(state=ReplyState.SENT).order_by("round").last()
    if reply is None or reply.sent_at is None or timezone.localdate() > _opinion_by(proposal, reply):
        return []
    return list(silent(reply=reply).filter(pk__in=Proposal.objects.authored_by(user).values("pk")))


def silent(*, reply: Reply | None) -> "QuerySet[Proposal]":
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
    due = opinions_due(proposal=held, user=actor)
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
    paper.judge_day(judged)
    _newest(held, judged)
    by, person = _opinion_by(held, judged), next(iter(authors(proposal)), None)
    if not silent(reply=judged).filter(pk=proposal.pk).exists():
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
