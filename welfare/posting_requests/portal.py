"""What waits for approval on the desk."""

from collections.abc import Iterator

from django.urls import reverse

from union_portal.accounts.models import User
from union_portal.base.portal import Contribution, DeskItem, contribute
from welfare.posting_requests.enums import RequestState
from welfare.posting_requests.models import PostingRequest


def desk_items(user: User) -> Iterator[DeskItem]:
    """Yield the requests of others that wait for whoever may approve them."""
    if not user.has_perm("welfare.approve_postingrequest"):
        return
    waiting = PostingRequest.objects.filter(state=RequestState.REQUESTED).exclude(requested_by=user.pk)
    if count := waiting.count():
        yield DeskItem(
            title="待审批的记账申请",
            detail="财务申请的冲销、收入和期初结余，批准后即记入台账。",
            address=f"{reverse('admin:welfare_postingrequest_changelist')}?state__exact={RequestState.REQUESTED}",
            count=count,
            urgent=True,
        )


contribute(Contribution(desk_items=desk_items))
