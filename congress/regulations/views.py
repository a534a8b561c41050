"""Regulations in force to read, their former versions, and the papers beside them."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_list_or_404, get_object_or_404, render
from django.utils import timezone

from congress.bodies.views.readers import for_readers
from congress.regulations.enums import RegulationAct
from congress.regulations.models import Regulation, RegulationVersion
from union_portal.accounts.views import give_paper


@for_readers
def listing(request: HttpRequest) -> HttpResponse:
    """List the regulations in force; on request those that were repealed."""
    repealed, words = "repealed" in request.GET, request.GET.get("q", "").strip()[:50]
    of = Regulation.objects.repealed if repealed else Regulation.objects.holding
    rows = list(of(on=timezone.localdate()).filter(title__icontains=words))
    for row in rows:
        row.act = RegulationAct(row.latest_act).label
    return render(request, "congress/regulations/list.html", {"rows": rows, "repealed": repealed, "words": words})


@for_readers
def page(request: HttpRequest, pk: int = 0, version: int = 0) -> HttpResponse:
    """Show a regulation as it stands, or what a version said; a step without a text shows the last one before it."""
    known = RegulationVersion.objects.filter(on__lte=timezone.localdate()).select_related("regulation")
    key = get_object_or_404(known, pk=version).regulation_id if version else pk
    versions = get_list_or_404(known.order_by("-on", "-pk"), regulation=key)
    place = next((place for place, one in enumerate(versions) if one.pk == version), 0)
    text_of = next((one for one in versions[place:] if one.text or one.file), None)
    context = {"versions": versions, "shown": versions[place], "former": place, "text_of": text_of}
    repealed = versions[0].act == RegulationAct.REPEALED
    return render(request, "congress/regulations/regulation.html", {**context, "repealed": repealed})


@for_readers
def version_file(request: HttpRequest, pk: int) -> FileResponse:
    """Give the paper of a version to whoever may read regulations."""
    known = RegulationVersion.objects.filter(on__lte=timezone.localdate())
    return give_paper(request, get_object_or_404(known, pk=pk).file)
