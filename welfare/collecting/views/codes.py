"""Where the codes of a sheet lead, its own and each person's; and the member's own word."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from union_portal.accounts.requests import account_of, without_second_factor
from union_portal.base.errors import DomainError, Refused
from welfare.benefits.enums import Form
from welfare.collecting.services import markable
from welfare.collecting.views.rows import RECEIVED
from welfare.grants.enums import GrantState, RoundState
from welfare.grants.models import Grant
from welfare.rounds.services import handing_out
from welfare.sheets.services import codes


@without_second_factor
@never_cache
@require_GET
def sheet(request: HttpRequest, code: str) -> HttpResponse:
    """Lead from a sheet's code to its people, all ticked, or a member who stands on a sheet to the own line."""
    user = account_of(request)
    try:
        round_id, branch_id = codes.read_sheet(code)
    except Refused as refused:
        return _strange(request, str(refused))
    if user.has_perm("welfare.collect_grant"):
        rows = markable(user).filter(round=round_id, branch=branch_id or None)
        if rows.exists():
            return redirect(f"{reverse('welfare:collecting_branch', args=[round_id, branch_id])}?ticked=all")
    own_line = Grant.objects.filter(
        round=round_id, person__user=user, state__in=[GrantState.DUE, GrantState.RECEIVED]
    ).first()
    if own_line is not None:
        return redirect("welfare:own_grant", own_line.pk)
    return _strange(request, "这张签收表不属于您的分工会，表上也没有您的名字。")


@without_second_factor
@never_cache
@require_GET
def row(request: HttpRequest, code: str) -> HttpResponse:
    """Lead from one person's code to that line alone, ticked, or the member himself to the own line."""
    user = account_of(request)
    try:
        key = codes.read_row(code)
    except Refused as refused:
        return _strange(request, str(refused))
    if user.has_perm("welfare.collect_grant") and (grant := markable(user).filter(pk=key).first()) is not None:
        address = reverse("welfare:collecting_branch", args=[grant.round_id, grant.branch_id or 0])
        shown = f"&show={RECEIVED}" if grant.state == GrantState.RECEIVED else ""
        return redirect(f"{address}?only={key}{shown}")
    if Grant.objects.filter(pk=key, person__user=user).exists():
        return redirect("welfare:own_grant", key)
    return _strange(request, "这一行不是您的，也不属于您登记领取的分工会。")


def _strange(request: HttpRequest, words: str) -> HttpResponse:
    return render(request, "welfare/collecting/strange.html", {"words": words}, status=404)


@without_second_factor
@never_cache
@require_http_methods(["GET", "POST"])
def own(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the member what is due or came, who recorded it, and take his word that he has it."""
    user = account_of(request)
    shown = [GrantState.DUE, GrantState.RECEIVED, GrantState.RETURNED]
    rows = Grant.objects.filter(person__user=user, round__isnull=False, state__in=shown).exclude(form=Form.CASH)
    grant = rows.select_related("benefit", "occasion", "round", "received_by").filter(pk=pk).first()
    if grant is None:
        raise Http404
    if request.method == "POST":
        try:
            handing_out.acknowledge(subject=grant, actor=user)
        except DomainError as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "已记下您的确认，谢谢。")
        return redirect("welfare:own_grant", pk)
    return render(request, "welfare/collecting/own.html", _own_line(grant))


def _own_line(grant: Grant) -> dict[str, Any]:
    moves = {move.action: move for move in grant.moves.filter(action__in=["undo_receive", handing_out.OWN_WORD])}
    undone, word = moves.get("undo_receive"), moves.get(handing_out.OWN_WORD)
    received = grant.state == GrantState.RECEIVED
    open_ = grant.state == GrantState.DUE and undone is None and grant.round is not None
    may_say = received or (open_ and grant.round.state == RoundState.APPROVED)  # type: ignore[union-attr]
    return {
        "grant": grant,
        "word": word,
        "undone": None if received else undone,
        "received": received,
        "may_say": may_say and (word is None or not received),
    }
