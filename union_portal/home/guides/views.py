"""帮助: the guides, the reader's own first."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from union_portal.accounts.requests import account_of, without_second_factor
from union_portal.home.guides.enums import GUIDES, MEMBER
from union_portal.home.guides.renderers import laid_out


@require_GET
@without_second_factor
def guide(request: HttpRequest, key: str = "") -> HttpResponse:
    """Show a guide; without a name that of the reader's role. Members read theirs, staff all of them."""
    user = account_of(request)
    offered = GUIDES if user.is_staff else (MEMBER,)
    mine = next((one for one in offered if one.roles & user.roles), offered[0] if user.is_superuser else MEMBER)
    shown = next((one for one in offered if one.key == key), None) if key else mine
    if shown is None:
        raise Http404
    context = {"guide": shown, "guides": offered, "text": laid_out(shown)}
    return render(request, "home/guides/guide.html", context)
