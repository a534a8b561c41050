"""The desk's own pages: the account's drafts."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from union_portal.accounts.requests import staff_of
from union_portal.home.desk.portal import drafts


@require_safe
def drafts_page(request: HttpRequest) -> HttpResponse:
    """Show what the account began and did not hand in, and what came back to it."""
    user = staff_of(request)
    context = {**admin.site.each_context(request), "title": "我的草稿与被退回", "items": drafts(user)}
    return TemplateResponse(request, "home/desk/drafts.html", context)
