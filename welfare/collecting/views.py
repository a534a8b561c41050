"""Recording what was collected: by round, branch and person, on the phone and at the desk; the member's own word."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from members.branches.models import Branch
from union_portal.accounts.enums import Access
from union_portal.accounts.models import User
from union_portal.accounts.requests import account_of, without_second_factor
from union_portal.accounts.views import give_made
from union_portal.base import making
from union_portal.base.asked import keys_in
from union_portal.base.errors import DomainError, Refused
from union_portal.base.forms import add_refusal
from union_portal.base.models.papers import PaperState
from union_portal.base.views import Elsewhere
from welfare.benefits.enums import Form
from welfare.collecting import services as collecting
from welfare.collecting.forms import TickForm, UndoForm
from welfare.collecting.services import NO_BRANCH, Standing, markable
from welfare.grants.enums import GrantState, RoundState
from welfare.grants.models import Grant, Round
from welfare.rounds.services import handing_out
from welfare.sheets import services as sheets
from welfare.sheets.models import RoundPaper

# So many rows keep a page of a large branch light.
ROWS = 300
FOUND = 20
DUE, RECEIVED = "due", "received"
_STATES = {DUE: {GrantState.DUE, GrantState.RETURNED}, RECEIVED: {GrantState.RECEIVED}}


def _collector(request: HttpRequest) -> User:
    user = account_of(request)
    if not user.has_perm("welfare.collect_grant"):
        raise PermissionDenied
    return user


def _round(pk: int) -> Round:
    rounds = Round.objects.select_related("benefit", "occasion").exclude(benefit__form=Form.CASH)
    found: Round | None = rounds.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@never_cache
@require_GET
def under_way(request: HttpRequest) -> HttpResponse:
    """List the rounds in which something is still to be collected first, those done after them."""
    rounds = collecting.under_way(user=_collector(request))
    return render(request, "welfare/collecting/rounds.html", {"rounds": sorted(rounds, key=lambda one: not one.due)})


@never_cache
@require_GET
def branches(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how each branch stands; who has one branch alone goes to its people at once."""
    user, round_ = _collector(request), _round(pk)
    standings = collecting.by_branch(round_=round_, user=user)
    if not standings:
        raise Elsewhere
    if len(standings) == 1:
        return redirect("welfare:collecting_branch", pk, standings[0].branch_id)
    words = request.GET.get("q", "").strip()[:50]
    context = {
        "round": round_,
        "standings": standings,
        "due": sum(one.due for one in standings),
        "received": sum(one.received for one in standings),
        "open": round_.state == RoundState.APPROVED,
        "whole_at": _whole_at(user, round_),
        "words": words,
        "found": _found(markable(user).filter(round=round_), words) if words else None,
    }
    return render(request, "welfare/collecting/branches.html", context)


def _whole_at(user: User, round_: Round) -> str:
    """Return where everybody is marked at once, for who may."""
    may = round_.state == RoundState.APPROVED and user.has_perm("welfare.collect_round")
    return reverse("admin:welfare_round_step_collect", args=[round_.pk]) if may else ""


def _found(rows: Any, words: str) -> list[Grant]:
    named = rows.filter(person__search_key__contains=words.lower()) | rows.filter(person__staff_number=words)
    return list(named.select_related("person", "branch").order_by("person__pinyin_key", "pk")[:FOUND])


@never_cache
@require_http_methods(["GET", "POST"])
def sheet_rows(request: HttpRequest, pk: int, branch_id: int) -> HttpResponse:
    """Show a branch's people as on its sheet, to be ticked; or who has collected, to take a mark back."""
    user, round_ = _collector(request), _round(pk)
    if not markable(user).filter(round=round_, branch=branch_id or None).exists():
        raise Elsewhere
    back = request.GET.get("show") == RECEIVED
    form: Any = (UndoForm if back else TickForm)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen = keys_in(request.POST.getlist("grant"))
        keys = list(
            markable(user).filter(round=round_, branch=branch_id or None, pk__in=chosen).values_list("pk", flat=True)
        )
        try:
            told = _save(round_, keys, user, back=back, **form.cleaned_data)
        except DomainError as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, told)
            here = reverse("welfare:collecting_branch", args=[pk, branch_id])
            return redirect(f"{here}?show={RECEIVED}" if back else here)
    context = _rows(request, round_, branch_id, back=back)
    papers = RoundPaper.objects.filter(round=round_, branch=branch_id)
    context |= {"form": form, "open": round_.state == RoundState.APPROVED, "paper": papers.first()}
    return render(request, "welfare/collecting/rows.html", context, status=422 if form.errors else 200)


def _save(round_: Round, keys: list[int], user: User, *, back: bool, **told: Any) -> str:
    """Mark those who were ticked, or take their marks back; return what was done."""
    if not keys:
        raise Refused("请先勾选人员，再保存。")
    if back:
        undone = handing_out.undo_several(subject=round_, grants=keys, actor=user, **told)
        return f"已撤销 {undone:,} 人的领取，现为待领取。"
    done = handing_out.collect(subject=round_, grants=keys, actor=user, **told)
    others = f"；另有 {len(keys) - done:,} 人已由他人登记" if done < len(keys) else ""
    return f"已登记 {done:,} 人于 {told['on']} 领取{others}。"


def _rows(request: HttpRequest, round_: Round, branch_id: int, *, back: bool) -> dict[str, Any]:
    places = collecting.places(round_=round_, branch_id=branch_id)
    due, received = collecting.count(places)
    words = request.GET.get("q", "").strip()[:50]
    keys = [pk for pk, (_place, state) in places.items() if state in _STATES[RECEIVED if back else DUE]]
    if words:
        named = {grant.pk for grant in _found(Grant.objects.filter(pk__in=keys), words)}
        keys = [pk for pk in keys if pk in named]
    page = Paginator(keys, ROWS).get_page(request.GET.get("page"))
    ticked = set(request.POST.getlist("grant"))
    rows = collecting.rows_of(places=places, keys=page.object_list)
    first = rows[0].grant if rows else Grant.objects.select_related("branch").get(pk=next(iter(places)))
    branch = first.branch.name if first.branch else NO_BRANCH
    asked = {"show": RECEIVED if back else "", "q": words}
    return {
        "round": round_,
        "standing": Standing(round_, branch_id, branch, due, received),
        "back": back,
        "page": page,
        "rows": rows,
        "words": words,
        "all": request.method == "GET" and request.GET.get("ticked") == "all",
        "ticked": {row.grant.pk for row in rows if str(row.grant.pk) in ticked},
        "query": urlencode({name: value for name, value in asked.items() if value}),
    }


@require_POST
def ask_for_sheet(request: HttpRequest, pk: int, branch_id: int) -> HttpResponse:
    """Let the worker make the branch's sign-off sheet, for whoever records its collections."""
    user, round_ = _collector(request), _round(pk)
    if not markable(user).filter(round=round_, branch=branch_id).exists():
        raise Elsewhere
    portal = request.build_absolute_uri("/").rstrip("/")
    asked = sheets.ask_for_sheets(round_=round_, actor=user, branch=Branch.objects.get(pk=branch_id), portal=portal)
    making.queue(asked, task="welfare.render_sheets")
    messages.success(request, "签收表正在生成，稍后刷新本页即可打开。")
    return redirect("welfare:collecting_branch", pk, branch_id)


@never_cache
@require_GET
def paper(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give a branch's finished sheet to whoever records its collections; logged."""
    user = _collector(request)
    made = RoundPaper.objects.select_related("round").filter(pk=pk, state=PaperState.DONE, branch__isnull=False).first()
    if made is None or not markable(user).filter(round=made.round, branch=made.branch).exists():
        raise Http404
    name = f"签收表-{made.branch}.pdf"
    return give_made(request, made.file, name=name, kind="welfare.roundpaper", action=Access.PRINT, rows=made.pages)


@without_second_factor
@never_cache
@require_GET
def sheet(request: HttpRequest, code: str) -> HttpResponse:
    """Lead from a sheet's code to its people, all ticked, or a member who stands on a sheet to the own line."""
    user = account_of(request)
    try:
        round_id, branch_id = sheets.read_code(code)
    except Refused as refused:
        return render(request, "welfare/collecting/strange.html", {"words": str(refused)}, status=404)
    own = Grant.objects.filter(round=round_id, person__user=user, state__in=[GrantState.DUE, GrantState.RECEIVED])
    if (
        user.has_perm("welfare.collect_grant")
        and markable(user).filter(round=round_id, branch=branch_id or None).exists()
    ):
        address = reverse("welfare:collecting_branch", args=[round_id, branch_id])
        return redirect(f"{address}?ticked=all")
    if grant := own.first():
        return redirect("welfare:own_grant", grant.pk)
    words = "这张签收表不属于您的分工会，表上也没有您的名字。"
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
    moves = {move.action: move for move in grant.moves.filter(action__in=["undo_receive", handing_out.OWN_WORD])}
    undone, word = moves.get("undo_receive"), moves.get(handing_out.OWN_WORD)
    may_say = grant.state == GrantState.RECEIVED or (
        grant.state == GrantState.DUE and undone is None and grant.round.state == RoundState.APPROVED
    )
    received = grant.state == GrantState.RECEIVED
    context = {
        "grant": grant,
        "word": word,
        "undone": None if received else undone,
        "received": received,
        "may_say": may_say and (word is None or not received),
    }
    return render(request, "welfare/collecting/own.html", context)
