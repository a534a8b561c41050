"""The counting sheet for its scrutineer."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from congress.voting.enums import BallotState
from congress.voting.forms import WhyForm
from congress.voting.models import Ballot
from congress.voting.renderers import sheet_context
from congress.voting.services import ballots, counting
from union_portal.accounts.requests import account_of, without_second_factor
from union_portal.base.errors import DomainError

RELATED = ("teller", "scrutineer", "entered_by", "confirmed_by")


def own_sheet(request: HttpRequest, rows: Any, pk: int) -> Any:
    """Return the sheet when the account is its scrutineer; for everybody else there is none."""
    shown = [BallotState.COUNTED, BallotState.CONFIRMED, BallotState.OPEN]
    own = rows.select_related(*RELATED).filter(scrutineer__user=account_of(request))
    return get_object_or_404(own, pk=pk, state__in=shown)


@without_second_factor
@never_cache
@require_http_methods(["GET", "POST"])
def ballot(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a ballot's counting sheet to its scrutineer, who confirms it or sends it back."""
    sheet = own_sheet(request, Ballot.objects.select_related("item__sitting__congress__branch"), pk)
    return sheet_page(request, sheet, title=str(sheet.item), confirm=ballots.confirm, send_back=counting.send_back)


def sheet_page(
    request: HttpRequest,
    sheet: Any,
    *,
    title: str,
    confirm: Callable[..., Any],
    send_back: Callable[..., Any],
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show a counting sheet, and take its scrutineer's word."""
    step = request.POST.get("step", "")
    back = WhyForm(request.POST if step == "send_back" else None)
    refusal = said = ""
    try:
        if step == "confirm":
            confirm(sheet=sheet, actor=request.user)
            said = "已确认，结果不再更改。"
        elif back.is_valid():
            send_back(sheet=sheet, actor=request.user, **back.cleaned_data)
            said = "已退回，请重新计票。"
    except DomainError as error:
        refusal = str(error)
    if said:
        messages.success(request, said)
        return redirect(request.path)
    context = {
        **sheet_context(sheet),
        **(more or {}),
        "title": title,
        "lead": str(sheet.sitting),
        "back_form": back,
        "refusal": refusal,
        "waits": sheet.state == BallotState.COUNTED,
        "entered_by_me": sheet.entered_by_id == request.user.pk,
    }
    return render(request, "congress/voting/sheet.html", context, status=422 if refusal or back.errors else 200)
