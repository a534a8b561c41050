"""The account's own files: how far the worker is with each, and each to be taken once it is there."""

from collections.abc import Mapping
from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from union_portal.accounts.enums import Access
from union_portal.accounts.requests import account_of, staff_of
from union_portal.accounts.services import log_access
from union_portal.base.errors import DomainError
from union_portal.base.files import keep_by, maker_of, unheard
from union_portal.base.models.papers import PaperState
from union_portal.base.views import opened
from union_portal.home.files import services
from union_portal.home.files.models import AskedFile


def give(request: HttpRequest, *, key: str, asked: Mapping[str, Any], title: str, large: bool) -> HttpResponseBase:
    """Give the file at once, or let the worker make it and lead to the page that waits for it."""
    user = account_of(request)
    if not large:
        made = maker_of(key).make(user, asked, unheard)
        return _sent(made.content, name=made.name, content_type=made.content_type, shown=made.shown)
    return redirect("home:file", services.ask_for(key=key, asked=asked, title=title, actor=user).pk)


@require_GET
@never_cache
def files(request: HttpRequest) -> HttpResponse:
    """Show the account's own files, the newest first."""
    found = AskedFile.objects.visible_to(staff_of(request))
    context = {"title": "我的文件", "files": found, "days": services.KEPT_DAYS}
    return TemplateResponse(request, "home/files/files.html", {**admin.site.each_context(request), **context})


@require_GET
@never_cache
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far the worker is with a file, or that it is there, or why it is not."""
    found = _own(request, pk)
    if found.words:
        services.note_taken(file=found)
    context = {"title": found.title, "file": found, "days": services.KEPT_DAYS}
    response = TemplateResponse(request, "home/files/file.html", {**admin.site.each_context(request), **context})
    # The page that waited shows the whole of what became of it.
    if "HX-Request" in request.headers and not found.is_running:
        response.headers["HX-Refresh"] = "true"
    return response


@require_GET
@never_cache
def take(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give the finished file to whoever asked for it and still may have it; logged."""
    found, user = _own(request, pk), staff_of(request)
    if found.state != PaperState.DONE or found.words:
        raise Http404
    try:
        with opened(found.file) as sealed:
            content = services.content_of(file=found, actor=user, sealed=sealed.read())
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("home:file", found.pk)
    log_access(
        user=user,
        action=Access.DOWNLOAD,
        kind="home.askedfile",
        subject=str(found.pk),
        data_class=found.data_class,
        rows=found.rows,
    )
    return _sent(content, name=found.name, content_type=found.content_type, shown=found.shown)


@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Let the worker begin anew what came to nothing."""
    found = _own(request, pk)
    try:
        services.again(file=found)
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("home:file", found.pk)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Throw away a file that is needed no longer."""
    found = _own(request, pk)
    try:
        services.remove(file=found)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("home:file", found.pk)
    messages.success(request, f"“{found.title}”已删除。")
    return redirect("home:files")


def _own(request: HttpRequest, pk: int) -> AskedFile:
    found: AskedFile = get_object_or_404(AskedFile.objects.visible_to(staff_of(request)), pk=pk)
    return found


def _sent(content: bytes, *, name: str, content_type: str, shown: bool) -> HttpResponse:
    headers = {
        "Content-Disposition": str(content_disposition_header(as_attachment=not shown, filename=name)),
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type=content_type, headers=headers)


# Every request has loaded the addresses, and with them this module.
keep_by(give)
