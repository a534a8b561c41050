"""What a department reads whose page has closed."""

from typing import Any

from django.utils import timezone

from congress.bodies.portal import ClosedPage, as_sentence, day_in_words, name_of
from congress.departments.models import DepartmentPost
from congress.handling.enums import Duty
from congress.handling.models import Assignment
from congress.handling.services.leads import lead_of
from congress.proposals.models import ProposalMove
from congress.proposals.services.guards import REASSIGN, TAKE_OVER
from union_portal.accounts.models import User


def department_closed(user: User, pk: int) -> ClosedPage | None:
    """Say why a proposal's working page is closed to somebody who answered or signed for a department assigned to it.

    None for who never did: to strangers the page does not exist.
    """
    held = [
        (one, post)
        for one in Assignment.objects.filter(proposal=pk).select_related("department", "proposal")
        for post in DepartmentPost.objects.filter(person__user=user, department=one.department_id)
        if _served(post, one)
    ]
    today = timezone.localdate()
    ended = [one for one, _post in held if one.ended_at is not None]
    led = [one for one in ended if one.duty == Duty.LEAD]
    standing = [pair for pair in held if pair[0].ended_at is None]
    if any(post.valid_to is None or post.valid_to >= today for _one, post in standing):
        # Still assigned: only the lead's own steps can have been lost.
        return _moved(led[-1]) if led and _leads_no_more(standing) else None
    if standing:
        return _post_ended(*standing[-1])
    return _moved((led or ended)[-1]) if ended else None


def _served(post: DepartmentPost, one: Assignment) -> bool:
    """Tell whether the post was held while the department was assigned; a merger may have been recorded late."""
    until = timezone.localdate(one.ended_at) if one.ended_at else timezone.localdate()
    if post.valid_from > until:
        return False
    merged = one.department.merged_into_id is not None and post.valid_to == one.department.closed_on
    return merged or post.valid_to is None or post.valid_to >= timezone.localdate(one.assigned_at)


def _leads_no_more(standing: list[tuple[Assignment, DepartmentPost]]) -> bool:
    return all(one.duty != Duty.LEAD for one, _post in standing)


def _moved(one: Assignment) -> ClosedPage:
    move = (
        ProposalMove.objects.filter(subject=one.proposal, action__in=(REASSIGN, TAKE_OVER), at__gte=one.ended_at)
        .select_related("actor")
        .order_by("at", "pk")
        .first()
    )
    lead = lead_of(one.proposal)
    words = "{who} 已于 {when} 将这件提案从{department}转出：{why}现由{lead}主办。".format(
        who=name_of(move.actor if move else None),
        department=one.department,
        when=day_in_words(one.ended_at or timezone.now()),
        why=as_sentence(one.end_reason),
        lead=lead.department if lead else "—",
    )
    return ClosedPage(str(one.proposal), words, 409, "congress:departments")


def _post_ended(one: Assignment, post: DepartmentPost) -> ClosedPage:
    now: Any = DepartmentPost.objects.filter(department=one.department_id, duty=post.duty)
    names = [held.person.name for held in now.in_force(on=timezone.localdate()).select_related("person")]
    words = "您在{department}的{duty}职责已于 {day} 结束，现由以下人员负责：{names}。".format(
        duty=post.get_duty_display(),
        department=one.department,
        day=post.valid_to,
        names="、".join(names) or "暂无，请联系工会办公室",
    )
    return ClosedPage(str(one.proposal), words, 403, "home:start")
