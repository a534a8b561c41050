"""The counting sheet for its scrutineer."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from congress.voting.enums import BallotState
from congress.voting.forms.counting import RecountForm
from congress.voting.models import Ballot
from congress.voting.renderers import sheet_context
from congress.voting.services import ballots
from union_portal.accounts.models import User
from union_portal.accounts.requests import without_second_factor
from union_portal.base.errors import DomainError

RELATED = ("teller", "scrutineer", "entered_by", "confirmed_by")


def own_sheet(request: HttpRequest, rows: Any, pk: int) -> Any:
    """Return the sheet when the account is its scrutineer; for everybody else there is none."""
    if not isinstance(request.user, User):
        raise Http404
    shown = [BallotState.COUNTED, BallotState.CONFIRMED, BallotState.OPEN]
    return get_object_or_404(rows.select_related(*RELATED), pk=pk, scrutineer__user=request.user, state__in=shown)


@without_second_factor
@never_cache
@require_http_methods(["GET", "POST"])
def ballot(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a ballot's counting sheet to its scrutineer, who confirms it or sends it back."""
    sheet = own_sheet(request, Ballot.objects.select_related("item__sitting__congress__branch"), pk)
    return sheet_page(
        request, sheet, title=str(sheet.item), lead=str(sheet.item.sitting), service=ballots, name="ballot"
    )


def sheet_page(
    request: HttpRequest,
    sheet: Any,
    *,
    title: str,
    lead: str,
    service: Any,
    name: str,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    back = RecountForm(request.POST if request.POST.get("step") == "send_back" else None)
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


def _act(request: HttpRequest, sheet: Any, *, service: Any, name: str, back: RecountForm) -> str:
    if request.POST.get("step") == "confirm":
        service.confirm(**{name: sheet}, actor=request.user)
        return "已确认，结果不再更改。"
    if back.is_valid():
        service.send_back(**{name: sheet}, reason=back.cleaned_data["reason"], actor=request.user)
        return "已退回，请重新计票。"
    return ""
