"""The counting sheet of an election for its scrutineer."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from congress.elections.models import Election
from congress.elections.services import elections
from congress.voting.views import own_sheet, sheet_page
from union_portal.accounts.requests import without_second_factor


@without_second_factor
@never_cache
@require_http_methods(["GET", "POST"])
def election(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an election's counting sheet to its scrutineer, who confirms it or sends it back."""
    rows = Election.objects.select_related("committee", "sitting__congress__branch", "sitting__session")
    sheet = own_sheet(request, rows, pk)
    return sheet_page(
        request,
        sheet,
        title=str(sheet.committee),
        confirm=elections.confirm,
        send_back=elections.send_back,
        more={"candidates": sheet.candidates.select_related("person")},
    )
