"""Extensions (延期): asked by the lead before its deadline, decided by the congress office."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from congress.departments.models import Department
from congress.handling.enums import ExtensionState
from congress.handling.models import Extension
from congress.handling.services.leads import require_lead
from congress.proposals.enums import IN_HAND
from congress.proposals.models import Proposal
from congress.proposals.services.guards import EXTEND, need_words, remark, require_state
from union_portal.accounts.models import User
from union_portal.base.errors import Conflict, Refused
from union_portal.base.moments import minute
from union_portal.base.steps import hold, move, record


@transaction.atomic
def ask(*, proposal: Proposal, department: Department, until: dt.date, reason: str, actor: User) -> Extension:
    """Ask for more days; only the lead, only before the deadline has passed, one request at a time."""
    held = hold(proposal, "drive")
    require_state(held, states=IN_HAND)
    require_lead(held, department=department)
    why = need_words(reason, message="请说明需要延期的原因。", field_name="reason")
    if held.due_on is not None and timezone.localdate() > held.due_on:
        raise Refused(f"答复期限为 {held.due_on}，延期须在期限前申请。请尽快答复，按逾期统计。")
    if held.due_on is not None and until <= held.due_on:
        raise Refused(f"新的日期须晚于 {held.due_on}。", field="until")
    if held.extensions.filter(state=ExtensionState.ASKED).exists():
        raise Conflict("已有待处理的延期申请。")
    asked = Extension(proposal=held, department=department, until=until, reason=why, asked_by=actor)
    return record(asked, actor=actor)


@transaction.atomic
def grant(*, extension: Extension, actor: User, answer: str = "", until: dt.date | None = None) -> Extension:
    """Grant it, to the day asked for or another; the proposal's deadline moves."""
    proposal, held = _held(extension)
    day = until or held.until
    if proposal.due_on is not None and day <= proposal.due_on:
        raise Refused(f"新的日期须晚于 {proposal.due_on}。", field="until")
    _decide(held, "grant", actor=actor, answer=answer.strip(), until=day)
    before = proposal.due_on
    proposal.due_on = day
    proposal.save(update_fields=["due_on"])
    remark(proposal, action=EXTEND, actor=actor, why=f"{before} → {day}；{held.reason}")
    return held


@transaction.atomic
def refuse(*, extension: Extension, actor: User, answer: str) -> Extension:
    """Refuse it with the reason; the deadline stands."""
    _proposal, held = _held(extension)
    words = need_words(answer, message="请说明不同意的理由。", field_name="answer")
    _decide(held, "refuse", actor=actor, answer=words)
    return held


def refuse_asked(proposal: Proposal, *, actor: User, answer: str) -> None:
    """Refuse what is asked for a proposal that the caller holds: what happened to it makes the request pointless."""
    for asked in proposal.extensions.select_for_update().filter(state=ExtensionState.ASKED):
        _decide(asked, "refuse", actor=actor, answer=answer)


def _decide(held: Extension, action: str, *, actor: User, answer: str, **changes: Any) -> None:
    move(held, action, actor=actor, decided_by=actor, decided_at=timezone.now(), answer=answer[:200], **changes)


def _held(extension: Extension) -> tuple[Proposal, Extension]:
    proposal = hold(extension.proposal)
    held = hold(extension)
    if held.state != ExtensionState.ASKED:
        raise Conflict(
            "{who} 已于 {when} 作出决定：{state}。".format(
                who=held.decided_by.name if held.decided_by else "—",
                when=minute(held.decided_at) if held.decided_at else "—",
                state=held.get_state_display(),
            )
        )
    return proposal, held
