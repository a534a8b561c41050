"""What departs from the ordinary way, at the desk: the list, and the same as a file."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from union_portal.accounts.requests import staff_of
from union_portal.base.files import give
from welfare.audit.services import Matter, MatterKind, fits, matters, years
from welfare.audit.tasks import MATTERS, TITLE

ROWS = 50


@never_cache
@require_GET
def over(request: HttpRequest) -> HttpResponseBase:
    """Show the year's matters, narrowed by kind, standing and words; `as=xlsx` gives the same as a file."""
    user = staff_of(request)
    if not user.has_perm("welfare.look_over"):
        raise PermissionDenied
    choices = years()
    year = next((one for one in choices if str(one) == request.GET.get("year")), choices[0])
    asked = {name: request.GET.get(name, "").strip()[:50] for name in ("kind", "standing", "q")}
    found = [one for one in matters(year=year) if fits(one, asked)]
    if request.GET.get("as") == "xlsx":
        answer: HttpResponseBase = give(
            request, key=MATTERS, asked={"year": year, "narrowed": asked}, title=f"{TITLE} {year} 年", rows=len(found)
        )
        return answer
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    query = urlencode({"year": str(year), **{name: value for name, value in asked.items() if value}})
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": TITLE,
        "page": page,
        "rows": [(one, _address(one)) for one in page],
        "waiting": sum(one.waits for one in found),
        "asked": asked,
        "query": query,
        "choices": [
            ("year", "年度", [(str(one), f"{one} 年") for one in choices], str(year)),
            ("kind", "类别", MatterKind.choices, asked["kind"]),
            ("standing", "状态", [("waits", "待处理")], asked["standing"]),
        ],
    }
    return TemplateResponse(request, "welfare/audit/over.html", context)


def _address(one: Matter) -> str:
    return reverse(f"admin:welfare_{one.model}_change", args=[one.pk]) if one.pk else ""
