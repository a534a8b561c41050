"""The page of a school's first steps, those put aside among them."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from union_portal.accounts.requests import staff_of
from union_portal.base.portal import first_steps
from union_portal.home.beginning.portal import all_steps
from union_portal.home.beginning.services import put_aside


@require_http_methods(["GET", "POST"])
def beginning(request: HttpRequest) -> HttpResponseBase:
    """Show every step; a POST puts one that the account could do aside, all that are left, or takes one up again."""
    user = staff_of(request)
    mine = {step.key for step in first_steps() if user.has_perm(step.permission)}
    if not mine:
        raise PermissionDenied
    if request.method == "POST":
        for name, words in (("aside", "已放在一边，随时可在“开办事项”中重新列出。"), ("back", "已重新列出。")):
            keys = mine & set(request.POST.getlist(name))
            if keys:
                put_aside(keys=keys, aside=name == "aside")
                messages.success(request, words)
        return redirect("home:beginning" if "back" in request.POST else "admin:index")
    context = {
        **admin.site.each_context(request),
        "title": "开办事项",
        "beginning": all_steps(user),
        "desk": reverse("admin:index"),
    }
    return TemplateResponse(request, "home/beginning/beginning.html", context)
