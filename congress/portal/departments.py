"""Part of the contribution: what waits in the handling of proposals, for the office, the leader and departments."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone

from congress.enums import IN_HAND, DepartmentDuty, Duty, ExtensionState, FollowUpState, ProposalState
from congress.models import CommitteeSeat, Department, Extension, FollowUp, Proposal
from union_portal.accounts.models import User
from union_portal.base.portal import DeskItem, MemberItem, MemberPlace, Place, Standing

PLACES: tuple[Place, ...] = (
    Place(
        job="congress",
        label="评优统计",
        name="admin:congress_award_standings",
        permission="congress.view_award",
        icon="leaderboard",
    ),
)
S = ProposalState
# Who is asked, the state, what to do about it.
_WAITING: tuple[tuple[str, ProposalState, Any, bool], ...] = (
    ("congress.assign_proposal", S.SUBMITTED, "待审查的提案", False),
    ("congress.decide_for_presidium", S.REFERRED, "提交主席团的提案", False),
    ("congress.approve_filing", S.APPROVING, "待审批立案的提案", True),
    ("congress.assign_proposal", S.FILED, "待交办的提案", True),
)


def _list(**query: str) -> str:
    return (
        reverse("admin:congress_proposal_changelist") + "?" + "&".join(f"{key}={value}" for key, value in query.items())
    )


def _proposals(count: int) -> str:
    return f"{count} 件提案"


def desk_items(user: User) -> Iterator[DeskItem]:
    """Yield what the office and the leaders must do about proposals."""
    for permission, state, title, urgent in _WAITING:
        if user.has_perm(permission):
            count = Proposal.objects.waiting(state).count()
            if count:
                address = _list(state__exact=state.value, recorded__exact="0")
                yield DeskItem(title=title, detail=_proposals(count), address=address, count=count, urgent=urgent)
    if not user.has_perm("congress.decide_extension"):
        return
    today = timezone.localdate()
    late = Proposal.objects.filter(state__in=[*IN_HAND, S.SIGNING], due_on__lt=today).count()
    asked = Extension.objects.filter(state=ExtensionState.ASKED).count()
    for count, needs, title in (
        (late, "overdue", "逾期未答复"),
        (asked, "extension", "待处理的延期申请"),
    ):
        if count:
            yield DeskItem(title=title, detail=_proposals(count), address=_list(needs=needs), count=count, urgent=True)
    yield from _promises(today)


def _promises(today: dt.date) -> Iterator[DeskItem]:
    """Yield the promises that have fallen due and those that fall due within two weeks, with the earliest day."""
    soon: Any = FollowUp.objects.open().filter(due_on__lte=today + dt.timedelta(days=14))
    days = list(soon.order_by("due_on").values_list("due_on", flat=True))
    late = [day for day in days if day < today]
    for found, due, title in (
        (late, "late", "承诺到期未报落实情况"),
        (days[len(late) :], "soon", "即将到期的承诺"),
    ):
        if found:
            yield DeskItem(
                title=title,
                detail=_proposals(len(found)),
                address=reverse("admin:congress_followup_changelist") + f"?due={due}",
                due_on=found[0],
                count=len(found),
                urgent=due == "late",
            )


def member_items(user: User) -> Iterator[MemberItem]:
    """Yield what waits for who answers for a department, signs for it, or sits on the proposal committee."""
    if Department.objects.of(user).exists():
        yield from _department_items(user)
    if CommitteeSeat.objects.reviewing(user).exists():
        count = Proposal.objects.waiting(S.SUBMITTED).count()
        if count:
            yield MemberItem(
                title="待审查的提案",
                state=S.SUBMITTED,
                state_label=_proposals(count),
                on=timezone.localdate(),
                address=reverse("congress:committee"),
                standing=Standing.DUE,
            )


def _department_items(user: User) -> Iterator[MemberItem]:
    today = timezone.localdate()
    answering = Department.objects.of(user, DepartmentDuty.CONTACT, DepartmentDuty.HEAD)
    rows: Any = Proposal.objects.filter(
        state__in=IN_HAND,
        assignments__duty=Duty.LEAD,
        assignments__ended_at__isnull=True,
        assignments__department__in=answering,
    )
    for proposal in rows.order_by("due_on", "number")[:10]:
        yield _item(proposal, "待答复", until=proposal.due_on, on=today)
    for proposal in Proposal.objects.to_sign(user).order_by("due_on", "number")[:10]:
        yield _item(proposal, "待签批", until=proposal.due_on, on=today)
    soon = today + dt.timedelta(days=14)
    promised: Any = FollowUp.objects.filter(
        state=FollowUpState.OPEN,
        due_on__lte=soon,
        proposal__assignments__duty=Duty.LEAD,
        proposal__assignments__ended_at__isnull=True,
        proposal__assignments__department__in=answering,
    )
    for promise in promised.select_related("proposal")[:10]:
        yield _item(promise.proposal, "承诺即将到期", until=promise.due_on, on=today)


def _item(proposal: Proposal, label: str, *, until: dt.date | None, on: dt.date) -> MemberItem:
    return MemberItem(
        title=str(proposal),
        state=proposal.state,
        state_label=label,
        on=on,
        until=until,
        address=reverse("congress:department_proposal", args=[proposal.pk]),
        standing=Standing.DUE,
    )


def member_places(user: User) -> Iterator[MemberPlace]:
    """Yield the department's desk and the committee's page for whom they concern."""
    if Department.objects.of(user).exists():
        yield MemberPlace(
            "congress:departments",
            "承办部门",
            "M4 20V8h6V4h10v16zM8 12v0M8 16v0M14 8h2M14 12h2M14 16h2",
        )
    if CommitteeSeat.objects.reviewing(user).exists():
        yield MemberPlace("congress:committee", "审查", "M5 4h14v16H5zM8 9l2 2 4-4M8 15h8")
