"""The departments' own desk: what waits for the account's departments, and nothing of anybody else's."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import F, OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from congress.departments.enums import DepartmentDuty
from congress.departments.models import Department
from congress.handling.enums import Duty, FollowUpState
from congress.handling.models import Assignment, FollowUp
from congress.proposals.enums import IN_HAND, OVER, ProposalState
from congress.proposals.models import Proposal
from congress.proposals.portal.standing import overdue, tone_of
from congress.suggestions.enums import SuggestionState
from congress.suggestions.models import Suggestion
from union_portal.accounts.models import User
from union_portal.accounts.requests import account_of

PER_PAGE = 30
WAITING, HANDED_IN, CLOSED = "waiting", "answered", "closed"


def mine(user: User, *duties: DepartmentDuty) -> list[Department]:
    """Return the departments the account answers for in any of the duties; in any when none is named."""
    return list(Department.objects.of(user, *duties))


def handled(user: User) -> Any:
    """Return the proposals of the account's departments, with their duty in each."""
    ours = Assignment.objects.of(user)
    duty = ours.filter(proposal=OuterRef("pk")).order_by("duty")
    rows = Proposal.objects.filter(pk__in=ours.values("proposal"))
    return rows.select_related("category", "proposer__person", "delegation", "drive").annotate(
        our_duty=Subquery(duty.values("duty")[:1]), lead_name=Assignment.objects.lead_names()
    )


@never_cache
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """List what waits, what was answered, what is closed; for leaders what waits for their signature first."""
    user = account_of(request)
    departments = mine(user)
    if not departments:
        raise Http404
    rows = handled(user)
    states = {
        WAITING: [*IN_HAND],
        HANDED_IN: [ProposalState.SIGNING, ProposalState.ANSWERED],
        CLOSED: [*OVER],
    }
    asked = request.GET.get("part", WAITING)
    part = asked if asked in states else WAITING
    shown = rows.filter(state__in=states[part])
    order = ("-closed_on", "-pk") if part == CLOSED else (F("due_on").asc(nulls_last=True), "number")
    page = Paginator(shown.order_by(*order), PER_PAGE).get_page(request.GET.get("page"))
    for proposal in page:
        proposal.tone, proposal.is_overdue = tone_of(proposal), overdue(proposal)
        proposal.duty_label = Duty(proposal.our_duty).label
    promised: Any = FollowUp.objects.filter(state=FollowUpState.OPEN, proposal__in=rows.values("pk"))
    sent = Suggestion.objects.filter(department__in=departments, state=SuggestionState.SENT)
    context = {
        "departments": departments,
        "part": part,
        "page": page,
        "to_sign": list(
            rows.filter(pk__in=Assignment.objects.to_sign(user).values("proposal")).order_by("due_on", "number")
        ),
        "promises": list(promised.select_related("proposal").order_by("due_on")) if part == WAITING else [],
        "suggestions": sent.count(),
        "counts": {name: rows.filter(state__in=its).count() for name, its in states.items()},
    }
    return render(request, "congress/department_desk/desk.html", context)
