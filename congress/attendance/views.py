"""Sessions outside the desk: the delegate's phone, the officer's door, the quorum shown in the hall."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from congress.attendance.forms import DoorForm
from congress.attendance.models import RollEntry
from congress.attendance.querysets import for_delegate, with_roll_counts
from congress.attendance.services import roll
from congress.attendance.services.quorum import counted
from congress.sessions.enums import SittingState
from congress.sessions.models import AgendaItem, Session, SessionDocument
from union_portal.accounts.models import User
from union_portal.accounts.requests import account_of, without_second_factor
from union_portal.accounts.views import give_paper
from union_portal.base.errors import DomainError

# How many of the last arrivals the door shows.
LATEST = 8


def _own(user: User, pk: int) -> Session:
    session: Session | None = for_delegate(Session.objects.all(), user).filter(pk=pk).first()
    if session is None:
        raise Http404
    return session


@without_second_factor
@never_cache
def own_sessions(request: HttpRequest) -> HttpResponse:
    """List the sessions the account's owner is due at, the next ones first."""
    found = for_delegate(Session.objects.all(), account_of(request)).exclude(
        sittings__state=SittingState.CANCELLED, sittings__isnull=False
    )
    today = timezone.localdate()
    rows = list(found.prefetch_related("sittings__congress__branch"))
    context = {
        "coming": [one for one in reversed(rows) if (one.ends_on or one.convened_on) >= today],
        "past": [one for one in rows if (one.ends_on or one.convened_on) < today],
    }
    return render(request, "congress/attendance/list.html", context)


@without_second_factor
@never_cache
def own_session(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the own code, the agenda and the documents to read beforehand."""
    user = account_of(request)
    session = _own(user, pk)
    published = SessionDocument.objects.filter(published_on__lte=timezone.localdate())
    agenda = AgendaItem.objects.prefetch_related(Prefetch("documents", published, to_attr="papers"))
    sittings = session.sittings.exclude(state=SittingState.CANCELLED).select_related("congress__branch")
    entries = list(RollEntry.objects.filter(sitting__session=session, person__user=user))
    context = {
        "session": session,
        "sittings": sittings.prefetch_related(Prefetch("agenda", agenda)),
        "code": entries[0].code if entries else "",
        "votes": any(entry.votes for entry in entries),
        "here": any(entry.came_at is not None and entry.left_at is None for entry in entries),
        "excused": next((entry.excused for entry in entries if entry.excused), ""),
        "running": sittings.running().exists(),
    }
    return render(request, "congress/attendance/own.html", context)


def _standing(session: Session) -> list[dict[str, Any]]:
    sittings = session.sittings.exclude(state=SittingState.CANCELLED).select_related("congress__branch")
    return [{"sitting": one, "quorum": counted(one)} for one in with_roll_counts(sittings)]


@never_cache
def quorum(request: HttpRequest, pk: int) -> HttpResponse:
    """Show each body's quorum large, for the hall; the page looks again every five seconds."""
    session = Session.objects.visible_to(account_of(request)).filter(pk=pk).first()
    if session is None or not request.user.has_perm("congress.view_session", session):
        raise Http404
    return render(request, "congress/attendance/quorum.html", {"session": session, "parts": _standing(session)})


@never_cache
def door(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one code after another; each answer is large, and the field is ready for the next."""
    user = account_of(request)
    session = Session.objects.filter(pk=pk, recorded=False).first()
    if not user.has_perm("congress.run_session", session):
        raise PermissionDenied
    if session is None:
        raise Http404
    if request.method == "POST":
        form = DoorForm(request.POST)
        code = form.cleaned_data["code"] if form.is_valid() else ""
        try:
            entries = roll.check_in_at_door(session=session, code=code, actor=user)
        except DomainError as refused:
            say = messages.warning if refused.code == "twice" else messages.error
            say(request, str(refused))
        else:
            messages.success(request, _welcome(entries))
        return redirect("congress:door", pk)
    latest = (
        RollEntry.objects.filter(sitting__session=session, came_at__isnull=False)
        .select_related("person", "delegation", "sitting__congress__branch")
        .order_by("-came_at", "-pk")[: LATEST * 2]
    )
    # Who sits in both bodies has two lines; one is shown.
    once = list({entry.person_id: entry for entry in reversed(latest)}.values())[::-1]
    context = {"session": session, "parts": _standing(session), "form": DoorForm(), "latest": once[:LATEST]}
    return render(request, "congress/attendance/door.html", context)


def _welcome(entries: list[RollEntry]) -> str:
    first = entries[0]
    words = [first.person.name]
    if first.delegation:
        words.append(first.delegation.name)
    if not any(entry.votes for entry in entries):
        words.append("无表决权")
    elif len(entries) > 1:
        words.append("、".join(entry.sitting.congress.get_body_display() for entry in entries))
    return "已签到：{who}".format(who=" · ".join(words))


@without_second_factor
def document(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give a document to the delegates once it is published, and to whoever keeps the session; logged."""
    user = account_of(request)
    found = SessionDocument.objects.select_related("item__sitting__session").filter(pk=pk).first()
    if found is None:
        raise Http404
    session = found.item.sitting.session
    published = found.published_on is not None and found.published_on <= timezone.localdate()
    delegates = published and for_delegate(Session.objects.all(), user).filter(pk=session.pk).exists()
    if not delegates and not user.has_perm("congress.view_session", session):
        raise Http404
    return give_paper(request, found.file)
