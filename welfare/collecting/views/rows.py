"""A branch's people as on its sheet: ticked off one by one, or their marks taken back."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from members.people.models import Person
from union_portal.accounts.models import User
from union_portal.base.admin import dress
from union_portal.base.admin.forms import one_picker
from union_portal.base.admin.picking import offer
from union_portal.base.asked import keys_in
from union_portal.base.errors import DomainError, Refused
from union_portal.base.forms import add_refusal
from union_portal.base.views import Elsewhere
from welfare.collecting import services as collecting
from welfare.collecting.forms import TickForm, UndoForm
from welfare.collecting.services import NO_BRANCH, Standing, markable
from welfare.collecting.views.asking import at_desk, collector, round_of
from welfare.grants.enums import GrantState, RoundState
from welfare.grants.models import Grant, Round
from welfare.rounds.services import handing_out
from welfare.sheets.models import RoundPaper

# So many rows keep a page of a large branch light.
ROWS = 300
DUE, RECEIVED = "due", "received"
_STATES = {DUE: {GrantState.DUE, GrantState.RETURNED}, RECEIVED: {GrantState.RECEIVED}}


@never_cache
@require_http_methods(["GET", "POST"])
def sheet_rows(request: HttpRequest, pk: int, branch_id: int) -> HttpResponse:
    """Show a branch's people as on its sheet, to be ticked; or who has collected, to take a mark back."""
    user, round_ = collector(request), round_of(pk)
    if not markable(user).filter(round=round_, branch=branch_id or None).exists():
        raise Elsewhere
    back = request.GET.get("show") == RECEIVED
    form: Any = (UndoForm if back else TickForm)(request.POST or None)
    offer(form, request)
    dress(form)
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
    context |= {"form": form, "media": one_picker(form.media), "open": round_.state == RoundState.APPROVED}
    context["paper"] = papers.first()
    title = f"{context['standing'].branch}：{round_}"
    status = 422 if form.errors else 200
    return at_desk(request, "welfare/collecting/rows.html", context, title=title, status=status)


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
    words, only = request.GET.get("q", "").strip()[:50], next(iter(keys_in([request.GET.get("only", "")])), None)
    keys = [pk for pk, (_place, state) in places.items() if state in _STATES[RECEIVED if back else DUE]]
    if only:
        keys = [pk for pk in keys if pk == only]
    elif words:
        named = Grant.objects.filter(pk__in=keys, person__in=Person.objects.search(words))
        named_keys = set(named.values_list("pk", flat=True))
        keys = [pk for pk in keys if pk in named_keys]
    page = Paginator(keys, ROWS).get_page(request.GET.get("page"))
    ticked = set(request.POST.getlist("grant"))
    rows = collecting.rows_of(places=places, keys=page.object_list)
    first = rows[0].grant if rows else Grant.objects.select_related("branch").get(pk=next(iter(places)))
    branch = first.branch.name if first.branch else NO_BRANCH
    asked = {"show": RECEIVED if back else "", "q": words, "only": str(only or "")}
    return {
        "round": round_,
        "standing": Standing(round_, branch_id, branch, due, received),
        "back": back,
        "page": page,
        "rows": rows,
        "words": words,
        "only": only,
        # Whom a code led to is ticked; what is saved is still sent by a button.
        "all": request.method == "GET" and (request.GET.get("ticked") == "all" or bool(only)) and not back,
        "ticked": {row.grant.pk for row in rows if str(row.grant.pk) in ticked},
        "query": urlencode({name: value for name, value in asked.items() if value}),
    }
