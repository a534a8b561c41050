"""What the auditor looks over, at the desk: every check with what it finds, the rows of one, and both as a file."""

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
from welfare.audit.services import CHECKS, Check, Matter, check_of, counts, fits, matters, years
from welfare.audit.tasks import MATTERS, TITLE

ROWS = 50


@never_cache
@require_GET
def over(request: HttpRequest) -> HttpResponseBase:
    """Show every check with what it finds in the year, or the rows of the one that is asked for.

    `as=xlsx` gives its rows as a file; without a check those of all that look for faults.
    """
    user = staff_of(request)
    if not user.has_perm("welfare.look_over"):
        raise PermissionDenied
    choices = years()
    year = next((one for one in choices if str(one) == request.GET.get("year")), choices[0])
    check = check_of(key=request.GET.get("check", ""))
    asked = {name: request.GET.get(name, "").strip()[:50] for name in ("standing", "q")}
    if request.GET.get("as") == "xlsx":
        narrowed = asked | {"check": check.key if check else ""}
        title = f"{check.name if check else TITLE} {year} 年"
        told = {"year": year, "narrowed": narrowed}
        answer: HttpResponseBase = give(request, key=MATTERS, asked=told, title=title, rows=0)
        return answer
    context = {**admin.site.each_context(request), "year": year}
    by_year = ("year", "年度", [(str(one), f"{one} 年") for one in choices], str(year))
    if check is None:
        return TemplateResponse(request, "welfare/audit/checks.html", context | _overview(year, by_year))
    return TemplateResponse(request, "welfare/audit/over.html", context | _rows(request, check, year, asked, by_year))


def _overview(year: int, by_year: tuple[Any, ...]) -> dict[str, Any]:
    found = counts(year=year)
    rows = [(check, *found[check.key]) for check in CHECKS]
    parts = (
        ("疑点", "应当没有的情形，逐项列出，并说明依据。", [row for row in rows if row[0].fault]),
        ("备查", "有依据的特别情形，供逐件查看。", [row for row in rows if not row[0].fault]),
    )
    faults = sum(waits for check, _all, waits in rows if check.fault)
    return {"title": TITLE, "parts": parts, "faults": faults, "choices": [by_year], "looked": len(CHECKS)}


def _rows(
    request: HttpRequest, check: Check, year: int, asked: dict[str, str], by_year: tuple[Any, ...]
) -> dict[str, Any]:
    found = [one for one in matters(year=year, check=check.key) if fits(one=one, asked=asked)]
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    query = {"year": str(year), "check": check.key, **{name: value for name, value in asked.items() if value}}
    return {
        "title": check.name,
        "check": check,
        "page": page,
        "rows": [(one, _address(one)) for one in page],
        "waiting": sum(one.waits for one in found),
        "asked": asked,
        "query": urlencode(query),
        "overview": f"{reverse('welfare:audit')}?year={year}",
        "choices": [
            by_year,
            ("check", "核查项目", [(one.key, one.name) for one in CHECKS], check.key),
            ("standing", "状态", [("waits", "待处理")], asked["standing"]),
        ],
    }


def _address(one: Matter) -> str:
    """Return where the row is, or the list of the rows."""
    if one.pk:
        model = one.model if "." in one.model else f"welfare.{one.model}"
        return reverse(f"admin:{model.replace('.', '_')}_change", args=[one.pk])
    return f"{reverse(f'admin:welfare_{one.model}_changelist')}?{one.query}" if one.model else ""
