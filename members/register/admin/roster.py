"""The roster as of any day, on the screen and as a file."""

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.http import urlencode

from members.branches.models import Branch
from members.people.enums import MembershipState
from members.people.models import Person
from members.register.forms import RosterForm
from members.register.resources.roster import RosterExport, RosterWithContacts, RosterWithNumbers
from union_portal.base.admin import dress
from union_portal.base.admin.exporting import ExportForm
from union_portal.base.errors import Refused

_ON_A_PAGE = 100


def people_on(user: Any, *, on: dt.date, branch: Branch | None = None, state: str = "") -> "QuerySet[Person]":
    """Return the members of the day whom the account may see, in the order of the lists."""
    people: Any = Person.objects.visible_to(user).members(on=on, state=MembershipState(state) if state else None)
    if branch is not None:
        people = people.in_branch(Branch.objects.with_groups(branch.pk), on=on)
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
        "export": _words(form.cleaned_data) if form.is_valid() else "",
    }
    return TemplateResponse(request, "members/register/roster.html", context)


def _words(asked: dict[str, Any]) -> str:
    """Return the roster that was asked for as an address carries it."""
    branch = asked["branch"].pk if asked["branch"] else ""
    return urlencode({"on": asked["on"].isoformat(), "branch": branch, "state": asked["state"]})


class RosterExportMixin:
    """The people's list as a file: as it is shown, or with the columns that a list of people is read by.

    Asked with a day, as the roster's page does, it holds the roster of that day instead.
    """

    def get_export_form_class(self) -> Any:
        """Ask for the purpose: a roster may tell numbers."""
        return ExportForm

    def get_export_resource_classes(self, request: HttpRequest) -> list[type[Any]]:
        """Return what the list shows, and rosters by how much they tell; numbers only to whom they may be given."""
        numbers = [RosterWithNumbers] if request.user.has_perm("members.export_identity") else []
        shown = [] if "on" in request.GET else super().get_export_resource_classes(request)  # type: ignore[misc]
        return [*shown, RosterExport, RosterWithContacts, *numbers]

    def get_export_resource_kwargs(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        """Tell the roster its day."""
        own: dict[str, Any] = super().get_export_resource_kwargs(request, **kwargs)  # type: ignore[misc]
        return own | ({"on": _asked(request)["on"]} if "on" in request.GET else {})

    def get_export_queryset(self, request: HttpRequest) -> "QuerySet[Person]":
        """Return the people of the list, or the roster's."""
        if "on" in request.GET:
            return people_on(request.user, **_asked(request))
        found: QuerySet[Person] = super().get_export_queryset(request)  # type: ignore[misc]
        return found

    def exported_as(self, request: HttpRequest) -> str:
        """Name a roster by its day."""
        named: str = super().exported_as(request)  # type: ignore[misc]
        return f"会员名册（截至{request.GET['on']}）" if "on" in request.GET else named


def _asked(request: HttpRequest) -> dict[str, Any]:
    """Return which roster is asked for; refused where the words say none."""
    form = RosterForm(request.GET, user=request.user)
    if not form.is_valid():
        raise Refused("请在“某日名册”中选择日期、分工会和会籍后再导出。")
    return form.cleaned_data
