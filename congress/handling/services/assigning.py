"""Assignment (交办): which department leads, which support, until when; and what a merged department hands on."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from congress.departments.models import Department
from congress.handling.enums import Duty, ExtensionState, FollowUpState, ReplyState
from congress.handling.models import Assignment, Extension, FollowUp, Reply
from congress.handling.services.announcing import announce
from congress.handling.services.extensions import refuse_asked
from congress.handling.services.leads import standing_assignments
from congress.proposals.enums import IN_HAND, OVER, WITH_OFFICE, Outcome, ProposalState
from congress.proposals.models import Proposal
from congress.proposals.services.guards import (
    REASSIGN,
    TAKE_OVER,
    BulkResult,
    need_words,
    one_by_one,
    remark,
    require_state,
)
from union_portal.accounts.models import User
from union_portal.base.errors import Refused
from union_portal.base.steps import hold, move

LEAD_CHANGED = "主办部门已变更。"


@transaction.atomic
def assign(
    *,
    proposal: Proposal,
    lead: Department,
    actor: User,
    supporting: Iterable[Department] = (),
    due_on: dt.date | None = None,
    tell: bool = True,
) -> Proposal:
    """Give a proposal that was filed or passed on to one lead and any supporting departments; they are mailed.

    Without a day the drive's days to answer count from today. The same order given twice, by a double click, is done
    once; a different one raises Conflict naming who assigned it.
    """
    held = hold(proposal, "drive")
    others = _others(lead, supporting)
    if held.state in {ProposalState.ASSIGNED, ProposalState.ADVISING} and _stands(held, lead, others):
        return held
    require_state(held, states=(ProposalState.FILED, *WITH_OFFICE))
    today = timezone.localdate()
    day = due_on or today + dt.timedelta(days=held.drive.reply_days)
    if day < today:
        raise Refused("答复期限不能早于今天。", field="due_on")
    move(held, "assign", actor=actor, why=_in_words(lead, others), due_on=day)
    made = _give(held, lead, others, actor=actor)
    if tell:
        announce(made)
    return held


def assign_many(
    *,
    proposals: Iterable[Proposal],
    lead: Department,
    actor: User,
    supporting: Iterable[Department] = (),
    due_on: dt.date | None = None,
) -> BulkResult:
    """Assign each to the same departments; their contacts get one mail for all."""
    others = tuple(supporting)
    began = timezone.now()
    result = one_by_one(
        proposals=proposals,
        step=lambda one: assign(proposal=one, lead=lead, supporting=others, due_on=due_on, actor=actor, tell=False),
    )
    new = standing_assignments(proposal__in=result.done, assigned_at__gte=began)
    announce(new.select_related("proposal", "department").order_by("proposal__number", "duty"))
    return result


@transaction.atomic
def reassign(
    *, proposal: Proposal, lead: Department, actor: User, reason: str, supporting: Iterable[Department] = ()
) -> Proposal:
    """Give a proposal that is being handled to other departments; the draft of the reply goes to the new lead."""
    held = hold(proposal, "drive")
    require_state(held, states=IN_HAND)
    why = need_words(reason, message="请说明改交其他部门的原因。", field_name="reason")
    others = _others(lead, supporting)
    if _stands(held, lead, others):
        return held
    before = set(standing_assignments(proposal=held).values_list("department", "duty"))
    standing_assignments(proposal=held).update(ended_at=timezone.now(), end_reason=why[:200])
    made = _give(held, lead, others, actor=actor)
    held.replies.filter(state=ReplyState.DRAFT).update(department=lead)
    refuse_asked(held, actor=actor, answer=LEAD_CHANGED)
    remark(held, action=REASSIGN, actor=actor, why=f"{_in_words(lead, others)}；{why}")
    announce(one for one in made if (one.department_id, str(one.duty)) not in before)
    return held


@transaction.atomic
def take_back(*, proposal: Proposal, actor: User, why: str) -> Proposal:
    """Take what was passed on back from its departments, or let the lead give it back, with the reason."""
    held = hold(proposal, "drive")
    require_state(held, states=(ProposalState.ADVISING,))
    words = need_words(why, message="请写明原因。", field_name="why")
    standing_assignments(proposal=held).update(ended_at=timezone.now(), end_reason=words[:200])
    refuse_asked(held, actor=actor, answer=LEAD_CHANGED)
    late = held.outcome == Outcome.LATE
    move(held, "take_back_late" if late else "take_back", actor=actor, why=words, due_on=None)
    return held


@transaction.atomic
def take_over(*, department: Department, into: Department, on: dt.date, actor: User | None) -> int:
    """Move what is open from a department to the one it was merged into; return how many assignments moved.

    Open are assignments of proposals not closed, or with an open promise; drafts and replies waiting for the
    signature; extensions asked. Where both were assigned, one stays, as lead if either led.
    What is closed keeps its department. Raises Refused when both are the same.
    """
    if department.pk == into.pk:
        raise Refused("部门只能并入另一个部门。", field="into")
    promised = FollowUp.objects.filter(state=FollowUpState.OPEN).values("proposal")
    open_ = standing_assignments(department=department).select_related("proposal")
    keys = [
        one.proposal_id
        for one in open_
        if one.proposal.state not in OVER or promised.filter(proposal=one.proposal_id).exists()
    ]
    list(Proposal.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))
    moved = [one for one in open_.all() if one.proposal_id in keys]
    why = f"{department}已于 {on} 并入{into}。"
    announce([taken for one in moved if (taken := _hand_on(one, into, actor=actor, why=why)) is not None])
    Reply.objects.filter(department=department, proposal__in=keys).exclude(state=ReplyState.SENT).update(
        department=into
    )
    Extension.objects.filter(department=department, state=ExtensionState.ASKED).update(department=into)
    return len(moved)


def _hand_on(one: Assignment, into: Department, *, actor: User | None, why: str) -> Assignment | None:
    """Hand an assignment on; return the heir's new one, or None where it was assigned already."""
    now = timezone.now()
    Assignment.objects.filter(pk=one.pk).update(ended_at=now, end_reason=why[:200])
    both = standing_assignments(proposal=one.proposal, department=into).first()
    made: Assignment | None = None
    if both is None:
        made = Assignment.objects.create(proposal=one.proposal, department=into, duty=one.duty, assigned_by=actor)
    elif one.duty == Duty.LEAD:
        Assignment.objects.filter(pk=both.pk).update(duty=Duty.LEAD)
    remark(one.proposal, action=TAKE_OVER, actor=actor, why=why)
    return made


def _others(lead: Department, supporting: Iterable[Department]) -> list[Department]:
    others = list({one.pk: one for one in supporting}.values())
    if any(one.pk == lead.pk for one in others):
        raise Refused(
            f"{lead}已是主办部门，请不要再列为协办。",
            field="supporting",
        )
    keys = [lead.pk, *(one.pk for one in others)]
    # Locked so that no department is merged away between the choice and the assignment.
    rows = {row.pk: row for row in Department.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    today = timezone.localdate()
    for row in rows.values():
        if row.closed_on is not None and row.closed_on <= today:
            heir = row.merged_into
            raise Refused(
                f"{row}已并入{heir}，请选择后者。" if heir else f"{row}已于 {row.closed_on} 撤销。",
                field="lead" if row.pk == lead.pk else "supporting",
            )
    return others


def _stands(held: Proposal, lead: Department, others: list[Department]) -> bool:
    there = set(standing_assignments(proposal=held).values_list("department", "duty"))
    return there == {(lead.pk, str(Duty.LEAD)), *((one.pk, str(Duty.SUPPORT)) for one in others)}


def _give(held: Proposal, lead: Department, others: list[Department], *, actor: User) -> list[Assignment]:
    return [
        Assignment.objects.create(proposal=held, department=department, duty=duty, assigned_by=actor)
        for department, duty in [(lead, Duty.LEAD), *((one, Duty.SUPPORT) for one in others)]
    ]


def _in_words(lead: Department, others: list[Department]) -> str:
    words = f"主办：{lead}"
    if others:
        words += "；协办：{departments}".format(departments="、".join(str(one) for one in others))
    return words
