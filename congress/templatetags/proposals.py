"""How the states of proposals and secondings look."""

import datetime as dt

from django import template
from django.utils import timezone

from congress.proposals.enums import ProposalState, SecondingState

register = template.Library()

_S = ProposalState
_TONES = {
    **dict.fromkeys((_S.SECONDING, _S.RETURNED, _S.ANSWERED), "due"),
    **dict.fromkeys((_S.PRECHECK, _S.SUBMITTED, _S.REFERRED, _S.APPROVING), "info"),
    **dict.fromkeys((_S.FILED, _S.ASSIGNED, _S.SIGNING, _S.REHANDLING, _S.ADVISING), "info"),
    **dict.fromkeys((_S.CLOSED, _S.ADVISED), "done"),
    _S.DECLINED: "refused",
}
_SECONDING = {SecondingState.INVITED: "due", SecondingState.ACCEPTED: "done", SecondingState.DECLINED: "refused"}


@register.filter
def proposal_tone(state: str) -> str:
    """Choose the mark of a proposal's state: amber waits for its author, blue is on its way, green is done."""
    return _TONES.get(ProposalState(state), "plain")


@register.filter
def local_day(moment: dt.datetime) -> dt.date:
    """Return the day of a moment as people here count it."""
    return timezone.localdate(moment)


@register.filter
def seconding_tone(state: str) -> str:
    """Choose the mark of a seconding's state."""
    return _SECONDING.get(SecondingState(state), "plain")
