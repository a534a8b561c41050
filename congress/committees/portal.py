"""Terms of committees that end, and what a member reads whose seat has ended."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from congress.bodies.portal import ClosedPage, changed_by, day_in_words, events_of
from congress.committees.enums import CommitteeKind
from congress.committees.models import Committee, CommitteeSeat
from union_portal.accounts.enums import Role
from union_portal.accounts.models import User
from union_portal.base.portal import Contribution, DeskItem, contribute
from union_portal.base.prepared import seen

# How long before a committee's term ends the desk speaks of it: 换届 takes a season.
TERM_NOTICE_DAYS = 90


def desk_items(user: User) -> Iterator[DeskItem]:
    """Yield to who prepares elections the committees whose term ends."""
    if not user.has_role(Role.CONGRESS, Role.ORGANISATION):
        return
    today = timezone.localdate()

    def whose(one: Committee) -> tuple[Any, ...]:
        return one.kind, one.branch_id, one.congress.body if one.congress else ""

    # One that was elected anew since has a successor of its kind, for the same body.
    known = seen(user, "committees", lambda _account: _known())
    newest = {whose(one): one.pk for one in known}
    soon = today + dt.timedelta(days=TERM_NOTICE_DAYS)
    for one in sorted((one for one in known if one.ends_on and one.ends_on <= soon), key=lambda one: one.ends_on):
        if newest[whose(one)] == one.pk:
            yield DeskItem(
                title=f"委员会届满：{one}",
                detail="请筹备换届选举，并报上级工会批复。",
                address=reverse("admin:congress_committee_change", args=[one.pk]),
                due_on=one.ends_on,
                urgent=one.ends_on < today,
            )


def _known() -> "QuerySet[Committee]":
    found: QuerySet[Committee] = Committee.objects.select_related("congress").order_by("began_on", "pk")
    return found


def seat_ended(user: User, _pk: int) -> ClosedPage | None:
    """Say since when and by whose hand a seat on the proposal committee has ended."""
    seats = CommitteeSeat.objects.filter(person__user=user, committee__kind=CommitteeKind.PROPOSAL)
    seat = seats.filter(valid_to__lt=timezone.localdate()).select_related("committee").order_by("valid_to").last()
    if seat is None:
        return None
    change = events_of(CommitteeSeat, pgh_obj=seat.pk, valid_to=seat.valid_to).first()
    when = day_in_words(change.pgh_created_at) if change else "—"
    words = f"您在“{seat.committee}”的任职已于 {seat.valid_to} 结束，由 {changed_by(change)} 于 {when} 登记。"
    return ClosedPage("提案审查", words, 403, "home:start")


contribute(Contribution(desk_items=desk_items))
