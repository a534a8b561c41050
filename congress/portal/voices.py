"""Part of the contribution: suggestions, petitions, inspections, committees."""

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congress.enums import DepartmentDuty, FindingState, PetitionState, SuggestionState
from congress.models import Committee, Department, Finding, Petition, Suggestion, SuggestionDrive
from members.models import Person
from union_portal.accounts.enums import Role
from union_portal.accounts.models import User
from union_portal.base.portal import DeskItem, MemberItem, Place, Standing

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

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
            title=_("Petitions to answer"),
            detail=_("Only you and the other handlers see them."),
            address=_list("petition", "?due=open"),
            due_on=found["first"],
            count=found["count"],
            urgent=found["first"] < today,
        )


def _suggestions(today: dt.date) -> Iterator[DeskItem]:
    late = Suggestion.objects.overdue(on=today).aggregate(count=Count("pk"), first=Min("due_on"))
    if late["count"]:
        yield DeskItem(
            title=_("Answers to suggestions overdue"),
            detail=_("Departments have not answered by their day."),
            address=_list("suggestion", "?waits=overdue"),
            due_on=late["first"],
            count=late["count"],
            urgent=True,
        )
    if waiting := Suggestion.objects.filter(state=SuggestionState.COLLECTED).count():
        yield DeskItem(
            title=_("Suggestions to send on"),
            detail=_("Group them, send them to departments, or answer them yourself."),
            address=_list("suggestion", "?waits=office"),
            count=waiting,
        )


def _findings(today: dt.date) -> Iterator[DeskItem]:
    late = Finding.objects.filter(state=FindingState.OPEN, due_on__lt=today)
    found = late.aggregate(count=Count("pk"), first=Min("due_on"))
    if found["count"]:
        yield DeskItem(
            title=_("Findings of inspections overdue"),
            detail=_("Nobody has said yet what became of them."),
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
                title=_("End of term: %(committee)s") % {"committee": one},
                detail=_("Prepare the election of the next one, and ask for the higher union's approval."),
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
            state_label=_("hand in a suggestion"),
            on=drive.opens_on,
            until=drive.closes_on,
            address=reverse("congress:suggestion_drive", args=[drive.pk]),
            standing=Standing.HOLDS,
        )
    since = today - dt.timedelta(days=NEWS_DAYS)
    for one in Suggestion.objects.filter(author=person, state=SuggestionState.ANSWERED, answered_on__gte=since)[:3]:
        yield MemberItem(
            title=_("Answer to your suggestion: %(title)s") % {"title": one.title},
            state=one.state,
            state_label=one.get_state_display(),
            on=one.answered_on or one.collected_on,
            address=reverse("congress:suggestion", args=[one.pk]),
        )
    # The number alone: whoever looks over a shoulder at the first page learns nothing.
    for petition in Petition.objects.filed_by(user).filter(state=PetitionState.ANSWERED, answered_on__gte=since)[:3]:
        yield MemberItem(
            title=_("Answer to %(number)s") % {"number": petition.number},
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
            title=_("Suggestions for your department: %(count)d") % {"count": count},
            state=SuggestionState.SENT,
            state_label=_("to be answered in writing"),
            on=today,
            until=first,
            address=reverse("congress:department_suggestions"),
            standing=Standing.DUE,
        )


def member_papers(user: User) -> "Iterator[tuple[str | _StrPromise, str]]":
    """Yield the ways to the own voice and to what everybody may read."""
    if Person.objects.filter(user=user).exists():
        yield gettext_lazy("Suggestions and petitions"), reverse("congress:voices")
        yield gettext_lazy("Answered suggestions"), reverse("congress:answers")
        yield gettext_lazy("Regulations"), reverse("congress:regulations")
