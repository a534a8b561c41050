"""What the office and the leaders must do about proposals."""

import datetime as dt
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from congress.handling.enums import ExtensionState
from congress.handling.models import Extension, FollowUp
from congress.proposals.enums import IN_HAND, WITH_OFFICE, ProposalState
from congress.proposals.models import Proposal
from congress.proposals.portal.standing import States, author_of
from union_portal.accounts.models import User
from union_portal.base.portal import FOUND_OF_A_KIND, Contribution, DeskItem, Found, Place, contribute
from union_portal.base.prepared import totals

# Who is asked, the state, what to do about it.
_WAITING: tuple[tuple[str, ProposalState, Any, bool], ...] = (
    ("congress.assign_proposal", States.SUBMITTED, "待审查的提案", False),
    ("congress.decide_for_presidium", States.REFERRED, "提交主席团的提案", False),
    ("congress.approve_filing", States.APPROVING, "待审批立案的提案", True),
    ("congress.assign_proposal", States.FILED, "待交办的提案", True),
)


def _items(count: int, title: str, *, urgent: bool, **query: str) -> Iterator[DeskItem]:
    if count:
        address = f"{reverse('admin:congress_proposal_changelist')}?{urlencode(query)}"
        yield DeskItem(title=title, detail="", address=address, count=count, urgent=urgent, unit="件")


def desk_items(user: User) -> Iterator[DeskItem]:
    """Yield what the office and the leaders must do about proposals."""
    mine = [one for one in _WAITING if user.has_perm(one[0])]
    decides = user.has_perm("congress.decide_extension")
    states = tuple(state for _may, state, *_ in mine)
    found = totals(user, ("proposals", states, decides), lambda _account: _asked(states, decides=decides))
    for _may, state, title, urgent in mine:
        yield from _items(found[state][0], title, urgent=urgent, state__exact=state.value, recorded__exact="0")
    if not decides:
        return
    for needs, title in (
        ("overdue", "逾期未答复"),
        ("extension", "待处理的延期申请"),
        ("advice", "待转办的提案转意见建议"),
    ):
        yield from _items(found[needs][0], title, urgent=needs != "advice", needs=needs)
    # The promises that have fallen due and those that fall due within two weeks, with the earliest day.
    for due, title in (("late", "承诺到期未报落实情况"), ("soon", "即将到期的承诺")):
        count, first = found[due]
        if count:
            yield DeskItem(
                title=title,
                detail="",
                address=reverse("admin:congress_followup_changelist") + f"?due={due}",
                due_on=first,
                count=count,
                urgent=due == "late",
                unit="件",
            )


def _asked(states: tuple[ProposalState, ...], *, decides: bool) -> "dict[str, tuple[QuerySet[Any], str]]":
    """Return what waits in these states, and for who decides on extensions, by what the list is asked."""
    today = timezone.localdate()
    asked: dict[str, tuple[QuerySet[Any], str]] = {state: (Proposal.objects.waiting(state), "") for state in states}
    if not decides:
        return asked
    promised: Any = FollowUp.objects.open()
    return asked | {
        "overdue": (Proposal.objects.filter(state__in=[*IN_HAND, States.SIGNING], due_on__lt=today), ""),
        "extension": (Extension.objects.filter(state=ExtensionState.ASKED), ""),
        "advice": (Proposal.objects.filter(state__in=WITH_OFFICE, recorded=False), ""),
        "late": (promised.filter(due_on__lt=today), "due_on"),
        "soon": (promised.filter(due_on__range=(today, today + dt.timedelta(days=14))), "due_on"),
    }


def finds(user: User, words: str) -> Iterator[Found]:
    """Yield the proposals whose number, title or author every word fits, the newest drive first."""
    if not user.has_perm("congress.view_proposal"):
        return
    found = Proposal.objects.visible_to(user).select_related("drive__session", "proposer__person", "delegation")
    for word in words.split():
        author = Q(author_words__icontains=word) | Q(proposer__person__name__icontains=word)
        found = found.filter(Q(number__icontains=word) | Q(title__icontains=word) | author)
    for one in found.order_by("-drive__opens_on", "number", "pk")[:FOUND_OF_A_KIND]:
        yield Found(
            title=str(one),
            kind="提案",
            address=reverse("admin:congress_proposal_change", args=[one.pk]),
            detail=f"{author_of(one)} · {one.get_state_display()}",
            icon="edit_note",
        )


_NEW = Place("congress", "录入提案", "admin:congress_proposal_add", "congress.add_proposal", "edit_note")
contribute(Contribution(desk_items=desk_items, creates=(_NEW,), finds=finds))
