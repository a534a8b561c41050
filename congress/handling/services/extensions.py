"""Extensions (延期): asked by the lead before its deadline, decided by the congress office."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from congress.departments.models import Department
from congress.handling.enums import ExtensionState
from congress.handling.models import Extension
from congress.handling.services.leads import need_words, require_lead
from congress.proposals.enums import IN_HAND
from congress.proposals.models import Proposal
from congress.proposals.services.guards import EXTEND, remark, require_state
from union_portal.accounts.models import User
from union_portal.base.errors import Conflict, Refused
from union_portal.base.steps import hold, move


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
    return Extension.objects.create(
        proposal=held, department=department, until=until, reason=why, asked_by=actor, state=ExtensionState.ASKED
    )


@transaction.atomic
def grant(*, extension: Extension, actor: User, answer: str = "", until: dt.date | None = None) -> Extension:
    """Grant it, to the day asked for or another; the proposal's deadline moves."""
    proposal, held = _held(extension)
    day = until or held.until
    if proposal.due_on is not None and day <= proposal.due_on:
        raise Refused(f"新的日期须晚于 {proposal.due_on}。", field="until")
    move(
        held, "grant", actor=actor, until=day, decided_by=actor, decided_at=timezone.now(), answer=answer.strip()[:200]
    )
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
    move(held, "refuse", actor=actor, decided_by=actor, decided_at=timezone.now(), answer=words[:200])
    return held


def _held(extension: Extension) -> tuple[Proposal, Extension]:
    proposal = hold(extension.proposal)
    held = hold(extension)
    if held.state != ExtensionState.ASKED:
        raise Conflict(
            "{who} 已于 {when} 作出决定：{state}。".format(
                who=held.decided_by.name if held.decided_by else "—",
                when=f"{timezone.localtime(held.decided_at):%Y-%m-%d %H:%M}" if held.decided_at else "—",
                state=held.get_state_display(),
            )
        )
    return proposal, held
