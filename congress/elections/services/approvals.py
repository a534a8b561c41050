"""The higher union's approval (批复) of an election: with it the offices begin."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from congress.committees import services as committees
from congress.committees.models import CommitteeSeat
from congress.elections.models import Election
from congress.elections.services import outcomes
from congress.voting.enums import BallotState
from union_portal.accounts.models import User
from union_portal.base.errors import Refused
from union_portal.base.steps import hold


@transaction.atomic
def approve(
    *, election: Election, on: dt.date, document: str, actor: User | None, begins_on: dt.date | None = None
) -> list[CommitteeSeat]:
    """Record the higher union's approval (批复): everybody elected in all rounds takes the seat from the day on.

    Refused before the count is confirmed, while another round runs, before the election, or twice.
    """
    del actor
    held = hold(election, "committee")
    if held.first_round_id:
        raise Refused("请在第一轮选举中登记批复，各轮一并生效。")
    if held.state != BallotState.CONFIRMED:
        raise Refused("计票单尚未确认。")
    if held.approved_on is not None:
        raise Refused(f"{held.approved_on} 的批复已登记。")
    if held.later_rounds.filter(state__in=[BallotState.OPEN, BallotState.COUNTED]).exists():
        raise Refused("另一轮选举尚未计票完毕。")
    if not document.strip():
        raise Refused("请填写上级工会批复文号。", field="document")
    if on < timezone.localdate(held.opened_at) or on > timezone.localdate():
        raise Refused("批复日期须在选举日与今天之间。", field="on")
    elected = outcomes.elected_in(election=held)
    if not elected:
        raise Refused("无人当选。")
    held.approved_on, held.approval_document = on, document.strip()
    held.save(update_fields=["approved_on", "approval_document"])
    day = begins_on or on
    known = set(
        CommitteeSeat.objects.filter(committee=held.committee).in_force(on=day).values_list("person", flat=True)
    )
    taking = [one for one in elected if one.person_id not in known]
    for one in taking:
        one.seat = committees.seat(committee=held.committee, person=one.person, on=day, document=document.strip())
        one.save(update_fields=["seat"])
    return [one.seat for one in taking if one.seat is not None]
