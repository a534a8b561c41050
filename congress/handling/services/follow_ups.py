"""What became of promises (落实情况): kept, moved to a later day, or impossible; told to the proposer."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from congress.handling.enums import FollowUpState
from congress.handling.models import FollowUp
from congress.proposals.services.guards import need_words
from union_portal.accounts.models import User
from union_portal.base.errors import Conflict, Refused
from union_portal.base.steps import hold, move, record


@transaction.atomic
def keep_promise(*, follow_up: FollowUp, text: str, actor: User) -> FollowUp:
    """Record that the promise was carried out, and how."""
    return _report(follow_up, "keep", text=text, actor=actor)


@transaction.atomic
def postpone_promise(*, follow_up: FollowUp, until: dt.date | None, text: str, actor: User) -> FollowUp:
    """Move the promise to a later day with the reason; return its successor."""
    if until is None:
        raise Refused("请填写新的日期。", field="until")
    if until <= max(follow_up.due_on, timezone.localdate()):
        raise Refused(f"新的日期须晚于 {follow_up.due_on}，且晚于今天。", field="until")
    told = _report(follow_up, "move", text=text, actor=actor)
    return record(FollowUp(proposal=told.proposal, reply=told.reply, due_on=until), actor=actor)


@transaction.atomic
def drop_promise(*, follow_up: FollowUp, text: str, actor: User) -> FollowUp:
    """Record that the promise cannot be kept, and why."""
    return _report(follow_up, "drop", text=text, actor=actor)


def _report(follow_up: FollowUp, action: str, *, text: str, actor: User) -> FollowUp:
    held = hold(follow_up, "proposal", "reply")
    if held.state != FollowUpState.OPEN:
        raise Conflict(
            "{who} 已于 {day} 登记落实情况：{state}。".format(
                who=held.reported_by.name if held.reported_by else "—",
                day=held.reported_on,
                state=held.get_state_display(),
            )
        )
    words = need_words(text, message="请说明落实情况。", field_name="text")
    move(held, action, actor=actor, text=words, reported_on=timezone.localdate(), reported_by=actor)
    return held
