"""The portal's pulse, for whoever watches the machine, and the administrator's page of the background service."""

from django.contrib import admin, messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from union_portal.accounts.requests import staff_of
from union_portal.base.asked import keys_in
from union_portal.base.errors import DomainError
from union_portal.base.living import is_recent, last_heard
from union_portal.home.health import services


@never_cache
@login_not_required
def health(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Say a line each of the database and the worker; only a missing database makes it a 503.

    Without the worker the portal still serves: whoever watches reads the line.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        heard = last_heard()
    except DatabaseError:
        return HttpResponse("database: missing\nworker: unknown\n", content_type="text/plain", status=503)
    worker = (
        "ok" if is_recent(heard) else f"missing, last heard {heard.isoformat(timespec='seconds') if heard else 'never'}"
    )
    return HttpResponse(f"database: ok\nworker: {worker}\n", content_type="text/plain")


@require_http_methods(["GET", "POST"])
@never_cache
def jobs(request: HttpRequest) -> HttpResponseBase:
    """Show whether the background service runs and what it gave up; a POST tries one again or lets it go."""
    if not staff_of(request).has_perm("home.watch_jobs"):
        raise PermissionDenied
    if request.method == "POST":
        again = "again" in request.POST
        for pk in keys_in([request.POST.get("job", "")]):
            try:
                (services.try_again if again else services.let_go)(pk=pk)
            except DomainError as refused:
                messages.error(request, str(refused))
            else:
                messages.success(request, "已重新排队。" if again else "已从列表移除。")
        return redirect("home:jobs")
    heard = last_heard()
    context = {
        **admin.site.each_context(request),
        "title": "后台任务",
        "runs": is_recent(heard),
        "heard": heard,
        "failed": list(services.told()),
    }
    return TemplateResponse(request, "home/health/jobs.html", context)
