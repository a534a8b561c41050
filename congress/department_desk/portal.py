"""What waits for who answers for a department, signs for it, or sits on the proposal committee."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from congress.committees.models import CommitteeSeat
from congress.departments.portal import posts_of
from congress.handling.models import Assignment, FollowUp
from congress.handling.rules import ANSWERING
from congress.proposals.enums import IN_HAND
from congress.proposals.models import Proposal
from congress.proposals.portal.standing import States, count_in_words
from union_portal.accounts.models import User
from union_portal.base.portal import Contribution, MemberItem, MemberPlace, Standing, contribute


def committee_items(user: User) -> Iterator[MemberItem]:  # noqa: ARG001 - for whom it is says `concerns`
    """Yield what waits for the proposal committee's members."""
    count = Proposal.objects.waiting(States.SUBMITTED).count()
    if count:
        yield MemberItem(
            title="待审查的提案",
            state=States.SUBMITTED,
            state_label=count_in_words(count),
            on=timezone.localdate(),
            address=reverse("congress:committee"),
            standing=Standing.DUE,
        )


def department_items(user: User) -> Iterator[MemberItem]:
    """Yield what waits for who answers for a department or signs for it."""
    today = timezone.localdate()
    led = Assignment.objects.of(user, *ANSWERING).leads().values("proposal")
    rows = Proposal.objects.filter(state__in=IN_HAND, pk__in=led)
    for proposal in rows.order_by("due_on", "number")[:10]:
        yield _item(proposal, "待答复", until=proposal.due_on, on=today)
    to_sign = Proposal.objects.filter(pk__in=Assignment.objects.to_sign(user).values("proposal"))
    for proposal in to_sign.order_by("due_on", "number")[:10]:
        yield _item(proposal, "待签批", until=proposal.due_on, on=today)
    soon = today + dt.timedelta(days=14)
    promised = FollowUp.objects.open().filter(due_on__lte=soon, proposal__in=led)
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


_DESK = MemberPlace("congress:departments", "承办部门", "M4 20V8h6V4h10v16zM8 12v0M8 16v0M14 8h2M14 12h2M14 16h2")
_COMMITTEE = MemberPlace("congress:committee", "审查", "M5 4h14v16H5zM8 9l2 2 4-4M8 15h8")

contribute(Contribution(member_items=department_items, member_places=lambda _user: [_DESK], concerns=posts_of))
contribute(
    Contribution(
        member_items=committee_items,
        member_places=lambda _user: [_COMMITTEE],
        concerns=lambda user: [CommitteeSeat.objects.reviewing(user)],
    )
)
