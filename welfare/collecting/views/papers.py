"""A branch's own sign-off sheet: asked for and opened by whoever records its collections."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from members.branches.models import Branch
from union_portal.accounts.enums import Access
from union_portal.accounts.views import give_made
from union_portal.base import making
from union_portal.base.models.papers import PaperState
from union_portal.base.views import Elsewhere
from welfare.collecting.services import markable
from welfare.collecting.views.asking import collector, round_of
from welfare.sheets import services as sheets
from welfare.sheets.models import RoundPaper


@require_POST
def ask_for_sheet(request: HttpRequest, pk: int, branch_id: int) -> HttpResponse:
    """Let the worker make the branch's sign-off sheet, for whoever records its collections."""
    user, round_ = collector(request), round_of(pk)
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
    user = collector(request)
    made = RoundPaper.objects.select_related("round").filter(pk=pk, state=PaperState.DONE, branch__isnull=False).first()
    if made is None or not markable(user).filter(round=made.round, branch=made.branch).exists():
        raise Http404
    name = f"签收表-{made.branch}.pdf"
    return give_made(request, made.file, name=name, kind="welfare.roundpaper", action=Access.PRINT, rows=made.pages)
