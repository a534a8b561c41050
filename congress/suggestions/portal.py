"""Suggestions that wait at the desk and in departments; a member's drives and answers."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Count, Exists, Min, QuerySet
from django.urls import reverse
from django.utils import timezone

from congress.bodies.portal import ClosedPage, as_sentence, day_in_words, events_of, list_address, name_of
from congress.departments.enums import DepartmentDuty
from congress.departments.models import DepartmentPost
from congress.departments.portal import posts_of
from congress.suggestions.enums import SuggestionState
from congress.suggestions.models import Suggestion, SuggestionDrive
from members.people.models import Person
from union_portal.accounts.enums import Role
from union_portal.accounts.models import User
from union_portal.base.portal import Contribution, DeskItem, MemberItem, Standing, contribute, waiting
from union_portal.base.prepared import own

# An answer stays on the member's first page for so long.
NEWS_DAYS = 60


def desk_items(user: User) -> Iterator[DeskItem]:
    """Yield to the office the answers that are overdue, and what waits to be sent on."""
    if not user.has_role(Role.CONGRESS):
        return
    yield from waiting(
        user,
        lambda _account: Suggestion.objects.overdue(on=timezone.localdate()),
        title="意见建议答复逾期",
        detail="承办部门到期未答复。",
        address=list_address("suggestion", "?waits=overdue"),
    )
    yield from waiting(
        user,
        lambda _account: Suggestion.objects.filter(state=SuggestionState.COLLECTED),
        title="待转办的意见建议",
        detail="请归并、转办或直接答复。",
        address=list_address("suggestion", "?waits=office"),
    )


def _open_to(user: User) -> "QuerySet[SuggestionDrive]":
    """Return the drives that run, for members alone."""
    today = timezone.localdate()
    member = Person.objects.members(on=today, state=None).filter(user=user)
    running: QuerySet[SuggestionDrive] = SuggestionDrive.objects.running(on=today)
    return running.filter(Exists(member))


def _answered(user: User) -> "QuerySet[Suggestion]":
    since = timezone.localdate() - dt.timedelta(days=NEWS_DAYS)
    return Suggestion.objects.filter(author__user=user, state=SuggestionState.ANSWERED, answered_on__gte=since)


def member_items(user: User) -> Iterator[MemberItem]:
    """Yield open drives and answers that came."""
    for drive in own(user, "ideas called for", _open_to):
        yield MemberItem(
            title=drive.title,
            state=SuggestionState.COLLECTED,
            state_label="提交金点子",
            on=drive.opens_on,
            until=drive.closes_on,
            address=reverse("congress:suggestion_drive", args=[drive.pk]),
            standing=Standing.HOLDS,
        )
    for one in own(user, "suggestions answered", lambda account: _answered(account)[:3]):
        yield MemberItem(
            title=f"您的建议已有答复：{one.title}",
            state=one.state,
            state_label=one.get_state_display(),
            on=one.answered_on or one.collected_on,
            address=reverse("congress:suggestion", args=[one.pk]),
        )


def suggestions_waiting(user: User) -> tuple[int, dt.date | None]:
    """Return how many suggestions wait for the account's departments, and the earliest deadline."""
    found = Suggestion.objects.sent_to(user, DepartmentDuty.CONTACT, DepartmentDuty.HEAD)
    counted = found.filter(state=SuggestionState.SENT).aggregate(count=Count("pk"), first=Min("due_on"))
    return counted["count"], counted["first"]


def _for_department(user: User) -> Iterator[MemberItem]:
    """Yield a department's suggestions to answer."""
    count, first = suggestions_waiting(user)
    if count:
        yield MemberItem(
            title=f"本部门待答复的意见建议：{count:,} 条",
            state=SuggestionState.SENT,
            state_label="待书面答复",
            on=timezone.localdate(),
            until=first,
            address=reverse("congress:department_suggestions"),
            standing=Standing.DUE,
        )


def member_papers(user: User) -> Iterator[tuple[str, str]]:
    """Yield the ways to the own voice and to what everybody may read."""
    if own(user, "is in the register", lambda account: Person.objects.filter(user=account).values_list("pk")):
        yield "建议与诉求", reverse("congress:voices")
        yield "已答复的意见建议", reverse("congress:answers")
        yield "规章制度", reverse("congress:regulations")


def suggestion_closed(user: User, pk: int) -> ClosedPage | None:
    """Say why a suggestion's page is closed to somebody of a department it was sent to."""
    mine = DepartmentPost.objects.filter(person__user=user).in_force(on=timezone.localdate()).values("department")
    was_ours = events_of(Suggestion, pgh_obj=pk, department__in=mine).last()
    subject = Suggestion.objects.filter(pk=pk).select_related("department").first()
    if was_ours is None or subject is None or mine.filter(department=subject.department_id).exists():
        return None
    taken = subject.moves.select_related("actor").filter(source=SuggestionState.SENT, at__gte=was_ours.pgh_created_at)
    move = taken.first()
    words = "{who} 已于 {when} 将这条意见建议从您的部门转出：{why}现由{lead}处理。".format(
        who=name_of(move.actor if move else None),
        when=day_in_words(move.at if move else was_ours.pgh_created_at),
        why=as_sentence(move.reason or str(subject.get_state_display()) if move else subject.get_state_display()),
        lead=subject.department or "工会办公室",
    )
    return ClosedPage(subject.title, words, 409, "congress:department_suggestions")


contribute(
    Contribution(
        desk_items=desk_items,
        member_items=member_items,
        member_papers=member_papers,
        concerns=lambda user: [_open_to(user), _answered(user)],
    )
)
contribute(Contribution(member_items=_for_department, concerns=posts_of))
