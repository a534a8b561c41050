"""The roster as of any day."""

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone

from members.branches.models import Branch
from members.people.enums import MembershipState
from members.people.models import Person
from members.register.forms import RosterForm
from union_portal.base.admin import dress

_ON_A_PAGE = 100


def people_on(user: Any, *, on: dt.date, branch: Branch | None = None, state: str = "") -> "QuerySet[Person]":
    """Return the members of the day whom the account may see, in the order of the lists."""
    people: Any = Person.objects.visible_to(user).members(on=on, state=MembershipState(state) if state else None)
    if branch is not None:
        below = Branch.objects.filter(pk=branch.pk) | Branch.objects.filter(parent=branch)
        people = people.in_branch(below.values("pk"), on=on)
    found: QuerySet[Person] = people.with_branch(on=on).with_membership(on=on)
    return found


def roster_page(model_admin: Any, request: HttpRequest) -> HttpResponseBase:
    """Show the roster of a day, by branch and state."""
    if not request.user.has_perm("members.view_person"):
        raise PermissionDenied
    asked = request.GET if "on" in request.GET else None
    form = RosterForm(asked or {"on": timezone.localdate().isoformat()}, user=request.user)
    dress(form)
    people = people_on(request.user, **form.cleaned_data) if form.is_valid() else Person.objects.none()
    page = Paginator(people, _ON_A_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": "某日名册",
        "form": form,
        "on": form.cleaned_data.get("on") if form.is_valid() else None,
        "page": page,
        "states": dict(MembershipState.choices),
        "query": query.urlencode(),
    }
    return TemplateResponse(request, "members/register/roster.html", context)
