"""The roster as of any day, on the screen and as a file."""

import datetime as dt
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from members.branches.models import Branch
from members.people.enums import MembershipState
from members.people.models import Person
from members.register.forms import ExportForm, RosterForm
from members.register.resources.people import PeopleResource
from union_portal.base.admin import dress, object_action
from union_portal.base.errors import Refused
from union_portal.base.importing.exporting import export
from union_portal.base.spreadsheets.columns import Classification

_ON_A_PAGE = 100
_CLASSES = {
    "basic": {Classification.BASIC},
    "contact": {Classification.BASIC, Classification.CONTACT},
    "identity": set(Classification),
}


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
    }
    return TemplateResponse(request, "members/register/roster.html", context)


class RosterStep:
    """Mixed into the people's list."""

    @object_action(
        description="导出名册",
        permission="members.export_person",
        form=lambda _admin, request, _subject: partial(ExportForm, user=request.user),
        initial=lambda _subject: {"on": timezone.localdate()},
        icon="download",
    )
    def export_people(
        self,
        request: HttpRequest,
        _subject: None,
        *,
        columns: str,
        format: str,  # noqa: A002
        purpose: str,
        **whom: Any,
    ) -> HttpResponseBase:
        """Send the roster of the day as a file; logged with its purpose."""
        if columns == "identity" and not request.user.has_perm("members.export_identity"):
            raise Refused("证件号和银行卡号只能由确有需要的工作人员导出。", field="columns")
        resource = PeopleResource(actor=request.user)
        resource.on = whom["on"]
        wanted = [column.key for column in resource.kind.columns if column.classification in _CLASSES[columns]]
        people = people_on(request.user, **whom)
        file = export(resource, people, format=format, actor=request.user, purpose=purpose, columns=wanted)
        header = content_disposition_header(as_attachment=True, filename=file.name)
        return HttpResponse(file.data, content_type=file.content_type, headers={"Content-Disposition": str(header)})
