"""Petitions that wait for the account, and answers to its own."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from congress.bodies.portal import list_address
from congress.petitions.enums import PetitionState
from congress.petitions.models import Petition
from union_portal.accounts.models import User
from union_portal.base.portal import Contribution, DeskItem, MemberItem, contribute, waiting

# An answer stays on the member's first page for so long.
NEWS_DAYS = 60


def desk_items(user: User) -> Iterator[DeskItem]:
    """Yield the petitions that wait for the account as their handler, whatever else it is."""
    told = {"title": "待答复的诉求", "detail": "只有您和其他处理人能看到。"}
    return waiting(user, _to_answer, address=list_address("petition", "?due=open"), **told)


def _to_answer(user: User) -> "QuerySet[Petition]":
    found: QuerySet[Petition] = Petition.objects.visible_to(user).unanswered()
    return found


def _answered(user: User) -> "QuerySet[Petition]":
    since = timezone.localdate() - dt.timedelta(days=NEWS_DAYS)
    found: QuerySet[Petition] = Petition.objects.filed_by(user)
    return found.filter(state=PetitionState.ANSWERED, answered_on__gte=since)


def member_items(user: User) -> Iterator[MemberItem]:
    """Yield the answers that came lately, with the number alone: whoever looks over a shoulder learns nothing."""
    for petition in _answered(user)[:3]:
        yield MemberItem(
            title="您提交的事项已有答复",
            state=petition.state,
            state_label=petition.get_state_display(),
            on=petition.answered_on or petition.received_on,
            detail=petition.number,
            address=reverse("congress:petition", args=[petition.pk]),
        )


contribute(Contribution(desk_items=desk_items, member_items=member_items, concerns=lambda user: [_answered(user)]))
