"""The proposer's rating (满意度): once per reply; 不满意 leads to a second handling, and nothing to a third."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from congress.enums import Grade, ProposalState
from congress.models import Proposal, Rating, Reply
from congress.services.outcome import is_author, require
from congress.services.steps import hold, move, unchanged
from members.models import Person
from union_portal.accounts.models import User
from union_portal.base.errors import Conflict, Refused

HANDLINGS = 2


@transaction.atomic
def rate(
    *, reply: Reply, grade: Grade, words: str = "", person: Person, actor: User | None, version: int | None = None
) -> Rating:
    """Rate the reply as its proposer, or as head of the delegation that proposed; `version` is the reply's.

    不满意 on the first reply needs words and sends the proposal to the second handling with a new deadline; everything
    else closes it. Raises Conflict when it is rated already, naming when; Refused to anybody else.
    """
    held = hold(reply.proposal, "drive", "proposer__person", "delegation")
    rated = hold(reply)
    if not is_author(held, person=person):
        raise Refused(_("Only the proposer rates the reply."))
    found = Rating.objects.filter(reply=rated).first()
    if found is not None:
        raise Conflict(
            _("This reply was rated “%(grade)s” on %(when)s; a rating is given once.")
            % {"grade": found.get_grade_display(), "when": f"{timezone.localtime(found.at):%Y-%m-%d %H:%M}"}
        )
    require(held, states=(ProposalState.ANSWERED,))
    unchanged(rated, version=version)
    if rated.round != held.round:
        raise Conflict(_("There is a newer reply; rate that one."))
    said = words.strip()
    again = grade == Grade.DISSATISFIED and held.round < HANDLINGS
    if again and not said:
        raise Refused(_("Say what is missing, so that the department can do better."), field="words")
    made = Rating.objects.create(reply=rated, grade=grade, words=said, person=person)
    today = timezone.localdate()
    if again:
        due = today + dt.timedelta(days=held.drive.reply_days)
        move(held, "handle_again", actor=actor, why=said, round=held.round + 1, due_on=due, rate_by=None)
    else:
        move(held, "rate", actor=actor, why=said, closed_on=today)
    return made


@transaction.atomic
def close_unrated(*, on: dt.date, actor: User | None = None) -> int:
    """Close what nobody rated by the last day for it; return how many. Running again does nothing."""
    waiting = Proposal.objects.select_for_update().filter(state=ProposalState.ANSWERED, rate_by__lt=on)
    count = 0
    for held in waiting.order_by("pk"):
        move(held, "close_unrated", actor=actor, why=_("Not rated by %(day)s.") % {"day": held.rate_by}, closed_on=on)
        count += 1
    return count
