"""Regulations in force to read, their former versions, and the papers beside them."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from congress.bodies.views.readers import page_with_form, reader_of
from congress.regulations.enums import RegulationAct
from congress.regulations.models import Regulation, RegulationVersion
from union_portal.accounts.requests import without_second_factor
from union_portal.base.views import opened


@without_second_factor
@never_cache
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """List the regulations in force; on request those that were repealed."""
    reader_of(request)
    today = timezone.localdate()
    repealed = "repealed" in request.GET
    words = request.GET.get("q", "").strip()[:50]
    rows = Regulation.objects.repealed(on=today) if repealed else Regulation.objects.holding(on=today)
    if words:
        rows = rows.filter(title__icontains=words)
    shown = [{"one": row, "act": RegulationAct(row.latest_act).label} for row in rows]
    context = {"rows": shown, "repealed": repealed, "words": words}
    return page_with_form(request, "congress/regulations/list.html", context)


@without_second_factor
@never_cache
@require_GET
def regulation(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a regulation as it stands today, with everything that was done to it."""
    reader_of(request)
    one = get_object_or_404(Regulation, pk=pk)
    versions = list(one.versions.filter(on__lte=timezone.localdate()).order_by("-on", "-pk"))
    if not versions:
        raise Http404
    return page_with_form(request, "congress/regulations/regulation.html", _context(one, versions, versions[0]))


@without_second_factor
@never_cache
@require_GET
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a regulation said from a day on."""
    reader_of(request)
    asked = get_object_or_404(RegulationVersion.objects.select_related("regulation"), pk=pk)
    versions = list(asked.regulation.versions.filter(on__lte=timezone.localdate()).order_by("-on", "-pk"))
    if asked not in versions:
        raise Http404
    return page_with_form(request, "congress/regulations/regulation.html", _context(asked.regulation, versions, asked))


def _context(one: Regulation, versions: list[RegulationVersion], shown: RegulationVersion) -> dict[str, Any]:
    """Return the page's parts; a step recorded without a text shows the last text before it."""
    place = versions.index(shown)
    with_text = next((each for each in versions[place:] if each.text or each.file), None)
    return {
        "regulation": one,
        "versions": versions,
        "shown": shown,
        "text_of": with_text,
        "former": place > 0,
        "repealed": versions[0].act == RegulationAct.REPEALED,
        "latest": versions[0],
    }


def paper_file(file: Any) -> FileResponse:
    if not file:
        raise Http404
    # A downloaded paper never runs in the portal's name.
    return FileResponse(opened(file), as_attachment=True, filename=file.name.rsplit("/", 1)[-1])


@without_second_factor
@never_cache
@require_GET
def version_file(request: HttpRequest, pk: int) -> FileResponse:
    """Give the paper of a version to whoever may read regulations."""
    reader_of(request)
    return paper_file(get_object_or_404(RegulationVersion.objects.filter(on__lte=timezone.localdate()), pk=pk).file)
