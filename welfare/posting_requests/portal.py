"""Requests to the ledger on the desk: what waits for approval, and what was declined to who asked."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from union_portal.accounts.models import User
from union_portal.base.portal import Contribution, DeskItem, FirstStep, contribute
from union_portal.base.prepared import totals
from welfare.posting_requests.enums import RequestKind, RequestState
from welfare.posting_requests.models import PostingRequest

# Whoever asked is told so long that it was declined.
DECLINED_DAYS = 30


def desk_items(user: User) -> Iterator[DeskItem]:
    """Yield the requests of others that wait for whoever may approve them, and what came back to who asked."""
    if user.has_perm("welfare.approve_postingrequest"):
        yield from _to_approve(user)
    yield from drafts(user)


def _to_approve(user: User) -> Iterator[DeskItem]:

    def asked(account: User) -> "dict[str, tuple[QuerySet[Any], str]]":
        return {
            "all": (PostingRequest.objects.filter(state=RequestState.REQUESTED).exclude(requested_by=account.pk), "")
        }

    count, _day = totals(user, "requests to approve", asked)["all"]
    if count:
        yield DeskItem(
            title="待审批的记账申请",
            detail="财务申请的冲销、收入和期初结余，批准后即记入台账。",
            address=f"{reverse('admin:welfare_postingrequest_changelist')}?state__exact={RequestState.REQUESTED}",
            count=count,
            urgent=True,
        )


def drafts(user: User) -> Iterator[DeskItem]:
    """Yield the own requests that were declined lately: finance asks anew, or lets it be."""
    if not user.has_perm("welfare.enter_postingrequest"):
        return
    lately = timezone.now() - dt.timedelta(days=DECLINED_DAYS)
    own = PostingRequest.objects.filter(requested_by=user, state=RequestState.DECLINED)
    for one in own.filter(moves__action="decline", moves__at__gte=lately).distinct():
        yield DeskItem(
            title=f"未获批准：{one}",
            detail="请查看原因；仍需记账的，更正后重新申请。",
            address=reverse("admin:welfare_postingrequest_change", args=[one.pk]),
        )


contribute(
    Contribution(
        desk_items=desk_items,
        drafts=drafts,
        first_steps=(
            FirstStep(
                key="openings",
                rank=75,
                title="登记各项资金的期初结余",
                why="登记后才能核对结余、提醒不足；每项资金一次，由另一人批准",
                by="财务",
                rows=lambda: PostingRequest.objects.filter(
                    kind=RequestKind.OPENING, state__in=(RequestState.REQUESTED, RequestState.POSTED)
                ),
                unit="项资金",
                page="admin:welfare_postingrequest_ask_opening",
                permission="welfare.enter_postingrequest",
            ),
        ),
    )
)
