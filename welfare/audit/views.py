"""What departs from the ordinary way, at the desk: the list, and the same as a file."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header, urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from union_portal.accounts.enums import Access
from union_portal.accounts.requests import staff_of
from union_portal.accounts.services.access import log_access
from union_portal.base.spreadsheets.writing import XLSX_TYPE, write_xlsx
from welfare.audit.services import Matter, MatterKind, matters, years

ROWS = 50
TITLE = "线下审批与未结提醒"
HEADINGS = ("日期", "类别", "事项", "依据或说明", "状态", "审批人", "登记人或说明人", "确认人")


@never_cache
@require_GET
def over(request: HttpRequest) -> HttpResponse:
    """Show the year's matters, narrowed by kind, standing and words; `as=xlsx` gives the same as a file."""
    user = staff_of(request)
    if not user.has_perm("welfare.look_over"):
        raise PermissionDenied
    choices = years()
    year = next((one for one in choices if str(one) == request.GET.get("year")), choices[0])
    asked = {name: request.GET.get(name, "").strip()[:50] for name in ("kind", "standing", "q")}
    found = [one for one in matters(year=year) if _fits(one, asked)]
    if request.GET.get("as") == "xlsx":
        log_access(user=user, action=Access.EXPORT, kind="welfare.audit", subject=str(year), rows=len(found))
        return _file(found, year)
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


def _fits(one: Matter, asked: dict[str, str]) -> bool:
    if asked["kind"] in MatterKind.values and one.kind != asked["kind"]:
        return False
    if asked["standing"] == "waits" and not one.waits:
        return False
    told = f"{one.about} {one.words} {one.approver} {one.entered_by} {one.confirmed_by}"
    return all(word in told for word in asked["q"].split())


def _address(one: Matter) -> str:
    return reverse(f"admin:welfare_{one.model}_change", args=[one.pk]) if one.pk else ""


def _file(found: list[Matter], year: int) -> HttpResponse:
    rows = [
        (one.on, one.kind.label, one.about, one.words, one.standing, one.approver, one.entered_by, one.confirmed_by)
        for one in found
    ]
    response = HttpResponse(write_xlsx(headings=HEADINGS, rows=rows, title=TITLE), content_type=XLSX_TYPE)
    name = f"{TITLE}-{year}-{timezone.localdate():%Y%m%d}.xlsx"
    response["Content-Disposition"] = str(content_disposition_header(as_attachment=True, filename=name))
    return response
