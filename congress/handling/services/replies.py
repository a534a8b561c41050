"""The departments' work on a proposal: notes, the one joint reply, its signature, and its way to the proposer."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from congress.departments.enums import DepartmentDuty
from congress.departments.models import Department, DepartmentPost
from congress.handling.enums import FollowUpState, ReplyKind
from congress.handling.models import DepartmentNote, FollowUp, Reply
from congress.handling.services.extensions import refuse_asked
from congress.handling.services.leads import lead_of, require_lead, standing_assignments
from congress.proposals.enums import IN_HAND, OVER, PROPOSAL_MACHINE, WITH_OFFICE, ProposalState
from congress.proposals.models import Proposal
from congress.proposals.services.guards import need_words, require_state
from union_portal.accounts.models import User
from union_portal.base.errors import Conflict, Refused
from union_portal.base.steps import begin, hold, move, record, unchanged


@dataclass(frozen=True)
class Draft:
    """What the lead typed: the kind, the text, why it cannot be done, by when it will be done."""

    kind: ReplyKind
    text: str
    reason: str = ""
    promised_on: dt.date | None = None


@transaction.atomic
def note(*, proposal: Proposal, department: Department, text: str, actor: User) -> DepartmentNote:
    """Add a note that all assigned departments see, once however often it is sent; the department must be assigned."""
    held = hold(proposal)
    words = need_words(text, message="请先填写协办意见。", field_name="text")
    assignment = standing_assignments(proposal=held, department=department).first()
    if assignment is None:
        raise Conflict(f"{department}已不再承办该提案。")
    if held.state in {ProposalState.ANSWERED, *OVER}:
        raise Conflict(f"提案 {held.number} 已答复，协办意见应在答复前填写。")
    return DepartmentNote.objects.get_or_create(assignment=assignment, text=words, written_by=actor)[0]


@transaction.atomic
def save_draft(
    *, proposal: Proposal, department: Department, draft: Draft, actor: User, version: int | None = None
) -> Reply:
    """Keep the lead's draft of the reply to the present handling.

    Raises Conflict when the draft was changed since the form was opened (`version`), when another department leads
    meanwhile, or when the reply has gone on.
    """
    held = hold(proposal, "drive")
    return _keep(held, department, draft, actor=actor, version=version)


@transaction.atomic
def hand_in(
    *, proposal: Proposal, department: Department, draft: Draft, actor: User, version: int | None = None
) -> Reply:
    """Hand the reply in: for the leader's signature where the drive says so, else straight to the proposer.

    Late replies are accepted and counted late. A promise needs its day, a refusal its reason. What was passed on needs
    no signature.
    """
    held = hold(proposal, "drive")
    require_state(held, states=IN_HAND)
    reply = _keep(held, department, complete(draft), actor=actor, version=version)
    now = timezone.now()
    if held.drive.sign_off and held.state != ProposalState.ADVISING:
        _require_leader(department)
        move(reply, "hand_in", actor=actor, handed_in_at=now)
        move(held, "reply", actor=actor)
    else:
        move(reply, "send", actor=actor, handed_in_at=now, sent_at=now, due_on=held.due_on)
        deliver(held, reply, action="reply_directly", actor=actor)
    return reply


@transaction.atomic
def advise(*, proposal: Proposal, draft: Draft, actor: User) -> Reply:
    """Answer what was passed on or came late in writing, as the office: for the department that has it, or itself."""
    held = hold(proposal, "drive")
    require_state(held, states=(*WITH_OFFICE, ProposalState.ADVISING))
    lead, now = lead_of(held), timezone.now()
    reply = write(held, lead.department if lead else None, complete(draft), actor=actor)
    move(reply, "send", actor=actor, handed_in_at=now, sent_at=now, due_on=held.due_on)
    deliver(held, reply, action="advise", actor=actor)
    return reply


@transaction.atomic
def sign(*, proposal: Proposal, actor: User, version: int | None = None) -> Reply:
    """Sign the reply as the responsible leader; it goes to the proposer. Refused to who wrote it.

    Raises Conflict when the reply is not the one that was read (`version`).
    """
    held, reply = _to_sign(proposal)
    _as_read(reply, version=version)
    if reply.written_by_id == actor.pk:
        raise Refused("该答复由您拟写，请由另一位分管领导签批。")
    now = timezone.now()
    move(reply, "sign", actor=actor, signed_by=actor, signed_at=now, sent_at=now, due_on=held.due_on)
    deliver(held, reply, action="sign", actor=actor)
    return reply


@transaction.atomic
def return_reply(*, proposal: Proposal, actor: User, reason: str, version: int | None = None) -> Reply:
    """Return the reply to the lead with what is to be changed; the text stays as a draft. Conflict as in `sign`."""
    held, reply = _to_sign(proposal)
    _as_read(reply, version=version)
    why = need_words(reason, message="请说明需要修改的内容。", field_name="reason")
    move(reply, "return", actor=actor, why=why, version=reply.version + 1)
    move(held, "return_reply" if held.round == 1 else "return_second_reply", actor=actor, why=why)
    return reply


def _keep(held: Proposal, department: Department, draft: Draft, *, actor: User, version: int | None) -> Reply:
    require_state(held, states=IN_HAND)
    require_lead(held, department=department)
    reply = held.replies.filter(round=held.round).first()
    if reply is not None:
        unchanged(reply, version=version)
    elif version:
        raise Conflict("该页面属于上一次办理，请与下方内容核对。")
    return write(held, department, draft, actor=actor)


def write(
    held: Proposal, department: Department | None, draft: Draft, *, actor: User, why: str = "", **more: Any
) -> Reply:
    """Write what stands for the reply of the present handling, as a draft that may lack what its kind needs."""
    reply = held.replies.select_for_update().filter(round=held.round).first() or Reply(proposal=held, round=held.round)
    is_new = reply.pk is None
    for name, value in {**vars(draft), "written_by": actor, "department": department, **more}.items():
        setattr(reply, name, value)
    reply.version += 1
    reply.save()
    if is_new:
        begin(reply, actor=actor, why=why)
    return reply


def complete(draft: Draft, *, on: dt.date | None = None) -> Draft:
    """Return the draft with what its kind needs and nothing else; refuse what is missing. `on` is the reply's day."""
    text = need_words(draft.text, message="请先填写答复内容。", field_name="text")
    reason, day = "", None
    if draft.kind == ReplyKind.CANNOT:
        reason = need_words(draft.reason, message="请说明无法采纳的原因。", field_name="reason")
    if draft.kind == ReplyKind.PLANNED:
        day = draft.promised_on
        if day is None:
            raise Refused("列入计划的须写明完成时限。", field="promised_on")
        if day <= (on or timezone.localdate()):
            raise Refused("承诺完成的日期须晚于今天；已经完成的请选择“已完成”。", field="promised_on")
    return Draft(kind=draft.kind, text=text, reason=reason, promised_on=day)


def _require_leader(department: Department) -> None:
    leaders = DepartmentPost.objects.filter(department=department, duty=DepartmentDuty.LEADER)
    if not leaders.in_force(on=timezone.localdate()).exists():
        raise Refused(f"{department}没有登记分管领导，无人签批。请联系提案工作委员会办公室登记。")


def _to_sign(proposal: Proposal) -> tuple[Proposal, Reply]:
    held = hold(proposal, "drive")
    require_state(held, states=(ProposalState.SIGNING,))
    return held, hold(held.replies.get(round=held.round))


def _as_read(reply: Reply, *, version: int | None) -> None:
    if version is not None and reply.version != version:
        raise Conflict("打开页面后，答复内容已有修改，请重新阅读后再签批。")


def deliver(
    held: Proposal, reply: Reply, *, action: str, actor: User, on: dt.date | None = None, why: str = ""
) -> None:
    """Let the reply reach the proposer: dates, the promise to follow up, and what the reply makes pointless.

    `on` is the day it was answered, by default today; the days to rate count from today in any case.
    """
    today = timezone.localdate()
    advised = PROPOSAL_MACHINE.target(state=held.state, action=action) == ProposalState.ADVISED
    # Advice is answered and done; only the answer to a proposal is rated.
    then = {"closed_on": today} if advised else {"rate_by": today + dt.timedelta(days=held.drive.feedback_days)}
    move(held, action, actor=actor, why=why, answered_on=on or today, **then)
    refuse_asked(held, actor=actor, answer="在决定之前已经答复。")
    _settle_earlier_promise(held, reply, actor=actor)
    if reply.kind == ReplyKind.PLANNED and reply.promised_on is not None:
        record(FollowUp(proposal=held, reply=reply, due_on=reply.promised_on), actor=actor)


def _settle_earlier_promise(held: Proposal, reply: Reply, *, actor: User) -> None:
    action = {ReplyKind.DONE: "keep", ReplyKind.PLANNED: "move", ReplyKind.CANNOT: "drop"}[ReplyKind(reply.kind)]
    for promise in FollowUp.objects.select_for_update().filter(proposal=held, state=FollowUpState.OPEN):
        move(
            promise,
            action,
            actor=actor,
            text="见第二次办理的答复。",
            reported_on=timezone.localdate(),
            reported_by=actor,
        )
