"""The desk's own pages: the account's drafts, and its saved filters."""

from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_safe

from union_portal.accounts.requests import staff_of
from union_portal.base.asked import keys_in
from union_portal.base.errors import DomainError
from union_portal.home.desk import services
from union_portal.home.desk.models import SavedFilter
from union_portal.home.desk.portal import drafts
from union_portal.home.desk.portal.places import address

# Servers answer no longer addresses.
_READABLE = 4000


@require_safe
def drafts_page(request: HttpRequest) -> HttpResponse:
    """Show what the account began and did not hand in, and what came back to it."""
    user = staff_of(request)
    context = {**admin.site.each_context(request), "title": "我的草稿与被退回", "items": drafts(user)}
    return TemplateResponse(request, "home/desk/drafts.html", context)


@require_http_methods(["GET", "POST"])
def filters(request: HttpRequest) -> HttpResponseBase:
    """Show the account's saved filters, of one list or of all; keep what a list is asked by a name, or forget one."""
    user = staff_of(request)
    if "remove" in request.POST:
        for key in keys_in([request.POST["remove"]]):
            services.remove_filter(account=user, key=key)
        messages.success(request, "已删除该常用筛选。")
        return redirect("home:filters")
    shown = str(request.POST.get("shown") or request.GET.get("shown") or "")
    if shown or request.method == "POST":
        _require_list(request, shown)
    if request.method == "POST":
        return _keep(request, shown)
    rows = SavedFilter.objects.filter(account=user, **({"shown": shown} if shown else {}))
    context: dict[str, Any] = {
        "kept": [(one, f"{_address(one.shown)}?{one.asked}", _name(one.shown)) for one in rows],
        "shown": shown,
        "asked": services.lasting(request.GET.get("asked", "")),
    }
    if request.headers.get("HX-Request"):
        return TemplateResponse(request, "home/desk/_filters.html", context)
    page = {**admin.site.each_context(request), **context, "title": "常用筛选"}
    return TemplateResponse(request, "home/desk/filters.html", page)


def _keep(request: HttpRequest, shown: str) -> HttpResponseBase:
    name, asked = request.POST.get("name", ""), request.POST.get("asked", "")
    try:
        kept = services.save_filter(account=staff_of(request), shown=shown, name=name, asked=asked)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect(f"{_address(shown)}?{services.lasting(asked)[:_READABLE]}")
    messages.success(request, f"已保存常用筛选“{kept}”。")
    return redirect(f"{_address(shown)}?{kept.asked}")


def _require_list(request: HttpRequest, label: str) -> None:
    """Go on only for a list that the account may look at."""
    for model, model_admin in admin.site._registry.items():  # noqa: SLF001
        if model._meta.label_lower == label and model_admin.has_view_permission(request):  # noqa: SLF001
            return
    raise Http404


def _address(label: str) -> str:
    return address(f"admin:{label.replace('.', '_')}_changelist")


def _name(label: str) -> str:
    found = (model._meta for model in admin.site._registry if model._meta.label_lower == label)  # noqa: SLF001
    return str(next(found).verbose_name_plural)
