"""The rounds in which something is to be collected, and how each branch stands in one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from members.people.models import Person
from union_portal.accounts.models import User
from union_portal.base.views import Elsewhere
from welfare.collecting import services as collecting
from welfare.collecting.services import markable
from welfare.collecting.views.asking import at_desk, collector, round_of
from welfare.grants.enums import RoundState
from welfare.grants.models import Round

FOUND = 20


@never_cache
@require_GET
def under_way(request: HttpRequest) -> HttpResponse:
    """List the rounds in which something is still to be collected first, those done after them."""
    rounds = sorted(collecting.under_way(user=collector(request)), key=lambda one: not one.due)
    return at_desk(request, "welfare/collecting/rounds.html", {"rounds": rounds}, title="登记领取")


@never_cache
@require_GET
def branches(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how each branch stands; who has one branch alone goes to its people at once."""
    user, round_ = collector(request), round_of(pk)
    standings = collecting.by_branch(round_=round_, user=user)
    if not standings:
        raise Elsewhere
    if len(standings) == 1:
        return redirect("welfare:collecting_branch", pk, standings[0].branch_id)
    words = request.GET.get("q", "").strip()[:50]
    named = markable(user).filter(round=round_, person__in=Person.objects.search(words)) if words else None
    context = {
        "round": round_,
        "standings": standings,
        "due": sum(one.due for one in standings),
        "received": sum(one.received for one in standings),
        "open": round_.state == RoundState.APPROVED,
        "whole_at": _whole_at(user, round_),
        "words": words,
        "found": named,
    }
    if named is not None:
        context["found"] = named.select_related("person", "branch").order_by("person__pinyin_key", "pk")[:FOUND]
    return at_desk(request, "welfare/collecting/branches.html", context, title=f"登记领取：{round_}")


def _whole_at(user: User, round_: Round) -> str:
    """Return where everybody is marked at once, for who may."""
    may = round_.state == RoundState.APPROVED and user.has_perm("welfare.collect_round")
    return reverse("admin:welfare_round_step_collect", args=[round_.pk]) if may else ""
