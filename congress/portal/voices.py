"""Part of the contribution: suggestions, petitions, inspections, committees."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone

from congress.enums import DepartmentDuty, FindingState, PetitionState, SuggestionState
from congress.models import Committee, Department, Finding, Petition, Suggestion, SuggestionDrive
from members.models import Person
from union_portal.accounts.enums import Role
from union_portal.accounts.models import User
from union_portal.base.portal import DeskItem, MemberItem, Place, Standing

PLACES: tuple[Place, ...] = ()
# How long before a committee's term ends the desk speaks of it: 换届 takes a season.
TERM_NOTICE_DAYS = 90
# An answer stays on the member's first page for so long.
NEWS_DAYS = 60


def desk_items(user: User) -> Iterator[DeskItem]:
    """Yield what waits at the desk: answers overdue, petitions due, findings overdue, terms that end."""
    today = timezone.localdate()
    # Petitions wait for their handlers alone, whatever else they are.
    yield from _petitions(user, today)
    if user.has_role(Role.CONGRESS):
        yield from _suggestions(today)
        yield from _findings(today)
    if user.has_role(Role.CONGRESS, Role.ORGANISATION):
        yield from _terms(today)


def _list(model: str, query: str = "") -> str:
    return f"{reverse(f'admin:congress_{model}_changelist')}{query}"


def _petitions(user: User, today: dt.date) -> Iterator[DeskItem]:
    mine = Petition.objects.visible_to(user).filter(state__in=[PetitionState.RECEIVED, PetitionState.HANDLING])
    found = mine.aggregate(count=Count("pk"), first=Min("due_on"))
    if found["count"]:
        yield DeskItem(
            title="待答复的诉求",
            detail="只有您和其他处理人能看到。",
            address=_list("petition", "?due=open"),
            due_on=found["first"],
            count=found["count"],
            urgent=found["first"] < today,
        )


def _suggestions(today: dt.date) -> Iterator[DeskItem]:
    late = Suggestion.objects.overdue(on=today).aggregate(count=Count("pk"), first=Min("due_on"))
    if late["count"]:
        yield DeskItem(
            title="意见建议答复逾期",
            detail="承办部门到期未答复。",
            address=_list("suggestion", "?waits=overdue"),
            due_on=late["first"],
            count=late["count"],
            urgent=True,
        )
    if waiting := Suggestion.objects.filter(state=SuggestionState.COLLECTED).count():
        yield DeskItem(
            title="待转办的意见建议",
            detail="请归并、转办或直接答复。",
            address=_list("suggestion", "?waits=office"),
            count=waiting,
        )


def _findings(today: dt.date) -> Iterator[DeskItem]:
    late = Finding.objects.filter(state=FindingState.OPEN, due_on__lt=today)
    found = late.aggregate(count=Count("pk"), first=Min("due_on"))
    if found["count"]:
        yield DeskItem(
            title="巡视问题整改逾期",
            detail="尚未登记处理结果。",
            address=_list("finding", "?overdue=yes"),
            due_on=found["first"],
            count=found["count"],
            urgent=True,
        )


def _terms(today: dt.date) -> Iterator[DeskItem]:
    soon = Committee.objects.filter(ends_on__lte=today + dt.timedelta(days=TERM_NOTICE_DAYS))
    # One that was elected anew since has a successor of its kind, for the same body.
    newest = {
        (one.kind, one.branch_id, one.congress.body if one.congress else ""): one
        for one in Committee.objects.select_related("congress").order_by("began_on", "pk")
    }
    for one in soon.select_related("congress").order_by("ends_on"):
        if newest[(one.kind, one.branch_id, one.congress.body if one.congress else "")].pk == one.pk:
            yield DeskItem(
                title=f"委员会届满：{one}",
                detail="请筹备换届选举，并报上级工会批复。",
                address=reverse("admin:congress_committee_change", args=[one.pk]),
                due_on=one.ends_on,
                urgent=one.ends_on < today,
            )


def member_items(user: User) -> Iterator[MemberItem]:
    """Yield open drives, answers that came, the own petitions' answers, and a department's suggestions to answer."""
    today = timezone.localdate()
    yield from _for_department(user, today)
    person = Person.objects.filter(user=user).first()
    if person is None:
        return
    member = Person.objects.members(on=today, state=None).filter(pk=person.pk).exists()
    for drive in SuggestionDrive.objects.running(on=today) if member else ():
        yield MemberItem(
            title=drive.title,
            state=SuggestionState.COLLECTED,
            state_label="提交金点子",
            on=drive.opens_on,
            until=drive.closes_on,
            address=reverse("congress:suggestion_drive", args=[drive.pk]),
            standing=Standing.HOLDS,
        )
    since = today - dt.timedelta(days=NEWS_DAYS)
    for one in Suggestion.objects.filter(author=person, state=SuggestionState.ANSWERED, answered_on__gte=since)[:3]:
        yield MemberItem(
            title=f"您的建议已有答复：{one.title}",
            state=one.state,
            state_label=one.get_state_display(),
            on=one.answered_on or one.collected_on,
            address=reverse("congress:suggestion", args=[one.pk]),
        )
    # The number alone: whoever looks over a shoulder at the first page learns nothing.
    for petition in Petition.objects.filed_by(user).filter(state=PetitionState.ANSWERED, answered_on__gte=since)[:3]:
        yield MemberItem(
            title=f"{petition.number}已有答复",
            state=petition.state,
            state_label=petition.get_state_display(),
            on=petition.answered_on or petition.received_on,
            address=reverse("congress:petition", args=[petition.pk]),
        )


def suggestions_waiting(user: User) -> tuple[int, dt.date | None]:
    """Return how many suggestions wait for the account's departments, and the earliest deadline."""
    answering = Department.objects.of(user, DepartmentDuty.CONTACT, DepartmentDuty.HEAD)
    found = Suggestion.objects.filter(department__in=answering, state=SuggestionState.SENT)
    counted = found.aggregate(count=Count("pk"), first=Min("due_on"))
    return counted["count"], counted["first"]


def _for_department(user: User, today: dt.date) -> Iterator[MemberItem]:
    if not Department.objects.of(user, DepartmentDuty.CONTACT, DepartmentDuty.HEAD).exists():
        return
    count, first = suggestions_waiting(user)
    if count:
        yield MemberItem(
            title=f"本部门待答复的意见建议：{count}条",
            state=SuggestionState.SENT,
            state_label="待书面答复",
            on=today,
            until=first,
            address=reverse("congress:department_suggestions"),
            standing=Standing.DUE,
        )


def member_papers(user: User) -> Iterator[tuple[str, str]]:
    """Yield the ways to the own voice and to what everybody may read."""
    if Person.objects.filter(user=user).exists():
        yield "建议与诉求", reverse("congress:voices")
        yield "已答复的意见建议", reverse("congress:answers")
        yield "规章制度", reverse("congress:regulations")
