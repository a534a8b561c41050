"""The roll as a list: who came, by code or ticked off here; who is excused; who left."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode

from congress.attendance.models import RollEntry
from congress.attendance.services import quorum, roll
from congress.sessions.enums import RUNNING
from congress.sessions.models import Sitting
from members.people.models import Person
from union_portal.accounts.requests import account_of
from union_portal.base.errors import DomainError

ROWS = 60
STATES = (
    ("missing", "未到"),
    ("here", "已到"),
    ("excused", "请假"),
    ("left", "已离场"),
    ("without", "无表决权"),
)
_FILTERS = {
    "missing": Q(came_at=None, excused=""),
    "here": Q(came_at__isnull=False, left_at=None),
    "excused": ~Q(excused="") & Q(came_at=None),
    "left": Q(left_at__isnull=False),
    "without": Q(votes=False),
}
_ASKED = ("delegation", "state", "q", "page")


def show_roll(model_admin: Any, request: HttpRequest, sitting: Sitting) -> HttpResponseBase:
    """Show the roll narrowed by delegation, state and name; a fixed number of queries."""
    asked = {key: request.GET.get(key, "") for key in _ASKED}
    rows = sitting.roll.select_related("person", "delegation")
    if asked["delegation"].isdecimal():
        rows = rows.filter(delegation=int(asked["delegation"]))
    if asked["state"] in _FILTERS:
        rows = rows.filter(_FILTERS[asked["state"]])
    if asked["q"].strip():
        rows = rows.filter(person__in=Person.objects.search(asked["q"]))
    delegations = sitting.congress.delegations.all()
    page = Paginator(rows, ROWS).get_page(asked["page"])
    for entry in page:
        entry.tone, entry.word = _standing(entry)
    return TemplateResponse(
        request,
        "congress/attendance/admin/roll.html",
        {
            **model_admin.admin_site.each_context(request),
            "opts": sitting.session._meta,  # noqa: SLF001
            "original": sitting.session,
            "title": f"{sitting}应到名册",
            "media": model_admin.media,
            "sitting": sitting,
            "quorum": quorum.quorum(sitting=sitting),
            "page": page,
            "asked": asked,
            "query": urlencode({key: value for key, value in asked.items() if value and key != "page"}),
            "choices": [
                ("delegation", "代表团", [(str(one.pk), one.name) for one in delegations], asked["delegation"]),
                ("state", "状态", STATES, asked["state"]),
            ],
            "running": sitting.state in RUNNING,
            "may_write": request.user.has_perm("congress.run_session", sitting),
        },
    )


def _standing(entry: RollEntry) -> tuple[str, Any]:
    if entry.left_at is not None:
        return "plain", "已离场"
    if entry.came_at is not None:
        return "done", "已到"
    return ("info", "请假") if entry.excused else ("due", "未到")


def roll_step(model_admin: Any, request: HttpRequest, sitting: Sitting, pk: int) -> HttpResponseBase:
    """Take one step for one line and lead back to the same place of the list."""
    del model_admin
    entry = sitting.roll.select_related("sitting", "person").filter(pk=pk).first()
    if entry is None or request.method != "POST":
        raise Http404
    who = account_of(request)
    try:
        match request.POST.get("step"):
            case "came":
                roll.check_in_from_list(entry=entry, actor=who)
                said = "%(person)s已签到。"
            case "excuse":
                roll.excuse(entry=entry, reason=request.POST.get("reason", ""), actor=who)
                said = "%(person)s已登记请假。"
            case "leave":
                roll.leave(entry=entry, actor=who)
                said = "%(person)s已登记离场。"
            case "take_back":
                roll.take_back(entry=entry, actor=who)
                said = "已撤销%(person)s的登记。"
            case _:
                raise Http404
    except DomainError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said % {"person": entry.person.name})
    kept = urlencode({key: request.POST[key] for key in _ASKED if request.POST.get(key)})
    response: HttpResponseBase = redirect(f"{reverse('admin:congress_sitting_roll', args=[sitting.pk])}?{kept}#roll")
    return response
