"""What notices ask of the welfare officer: to end those whose days are over, and to answer objections."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from union_portal.accounts.models import User
from union_portal.base.portal import Contribution, DeskItem, contribute, waiting
from welfare.disclosure.enums import DisclosureState, ObjectionState
from welfare.disclosure.models import Disclosure, Objection


def desk_items(user: User) -> Iterator[DeskItem]:
    """Yield the notices that nobody objected to in time, and the objections that nobody answered."""
    if not user.has_perm("welfare.change_disclosure"):
        return
    yield from waiting(
        user,
        lambda account: Disclosure.objects.visible_to(account).filter(
            state=DisclosureState.OPEN, ends_on__lt=timezone.localdate()
        ),
        title="公示期满待结束",
        detail="期满没有异议的，结束公示后事项随即生效。",
        address=f"{reverse('admin:welfare_disclosure_changelist')}?state__exact={DisclosureState.OPEN}",
        day="ends_on",
    )
    yield from waiting(
        user,
        lambda account: Objection.objects.visible_to(account).filter(state=ObjectionState.RAISED),
        title="待答复的公示异议",
        detail="核实后答复提出人；公示的事项已退回重新办理。",
        address=f"{reverse('admin:welfare_objection_changelist')}?state__exact={ObjectionState.RAISED}",
        day="",
    )


contribute(Contribution(desk_items=desk_items))
