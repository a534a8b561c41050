"""The scrutineer's page on the phone: look at the counting sheet, confirm it or have it counted again."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from congress.enums import BallotState
from congress.forms.voting import ReasonForm
from congress.models import Ballot, Election
from congress.renderers.counting import sheet_context
from congress.services import ballots, elections
from union_portal.accounts.middleware import without_second_factor
from union_portal.accounts.models import User
from union_portal.base.errors import DomainError

_RELATED = ("teller", "scrutineer", "entered_by", "confirmed_by")


def _mine(request: HttpRequest, rows: Any, pk: int) -> Any:
    """Return the sheet when the account is its scrutineer; for everybody else there is none."""
    if not isinstance(request.user, User):
        raise Http404
    shown = [BallotState.COUNTED, BallotState.CONFIRMED, BallotState.OPEN]
    return get_object_or_404(rows.select_related(*_RELATED), pk=pk, scrutineer__user=request.user, state__in=shown)


@without_second_factor
@never_cache
@require_http_methods(["GET", "POST"])
def ballot(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a ballot's counting sheet to its scrutineer, who confirms it or sends it back."""
    sheet = _mine(request, Ballot.objects.select_related("item__sitting__congress__branch"), pk)
    return _page(request, sheet, title=str(sheet.item), lead=str(sheet.item.sitting), service=ballots, name="ballot")


@without_second_factor
@never_cache
@require_http_methods(["GET", "POST"])
def election(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an election's counting sheet to its scrutineer, who confirms it or sends it back."""
    rows = Election.objects.select_related("committee", "sitting__congress__branch", "sitting__session")
    sheet = _mine(request, rows, pk)
    more = {"candidates": sheet.candidates.select_related("person")}
    return _page(
        request,
        sheet,
        title=str(sheet.committee),
        lead=str(sheet.sitting),
        service=elections,
        name="election",
        more=more,
    )


def _page(
    request: HttpRequest,
    sheet: Any,
    *,
    title: str,
    lead: str,
    service: Any,
    name: str,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    back = ReasonForm(request.POST if request.POST.get("step") == "send_back" else None)
    refusal = ""
    if request.method == "POST":
        try:
            said = _act(request, sheet, service=service, name=name, back=back)
        except DomainError as error:
            refusal = str(error)
        else:
            if said:
                messages.success(request, said)
                return redirect(reverse(f"congress:{name}", args=[sheet.pk]))
    context = {
        **sheet_context(sheet),
        **(more or {}),
        "title": title,
        "lead": lead,
        "back_form": back,
        "refusal": refusal,
        "waits": sheet.state == BallotState.COUNTED,
        "entered_by_me": sheet.entered_by_id == request.user.pk,
    }
    return render(request, "congress/voting/sheet.html", context, status=422 if refusal or back.errors else 200)


def _act(request: HttpRequest, sheet: Any, *, service: Any, name: str, back: ReasonForm) -> str:
    if request.POST.get("step") == "confirm":
        service.confirm(**{name: sheet}, actor=request.user)
        return "已确认，结果不再更改。"
    if back.is_valid():
        service.send_back(**{name: sheet}, reason=back.cleaned_data["reason"], actor=request.user)
        return "已退回，请重新计票。"
    return ""
