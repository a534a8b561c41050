"""What the auditor looks over, at the desk: every check with what it finds, the rows of one, and both as a file."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from union_portal.accounts.requests import staff_of
from union_portal.base.admin import add_refusal, dress
from union_portal.base.errors import DomainError
from union_portal.base.files import give
from welfare.audit.forms import FindingForm
from welfare.audit.portal import address_of
from welfare.audit.services import CHECKS, Check, check_of, counts, fits, matters, raise_finding, years
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
        "rows": [(one, address_of(one.ref)) for one in page],
        "waiting": sum(one.waits for one in found),
        "asked": asked,
        "query": urlencode(query),
        "may_ask": request.user.has_perm("welfare.add_auditfinding") and not all(one.finding for one in page),
        "overview": f"{reverse('welfare:audit')}?year={year}",
        "choices": [
            by_year,
            ("check", "核查项目", [(one.key, one.name) for one in CHECKS], check.key),
            ("standing", "状态", [("waits", "待处理")], asked["standing"]),
        ],
    }


@never_cache
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponseBase:
    """Raise a finding about the rows that were ticked."""
    user = staff_of(request)
    if not user.has_perm("welfare.add_auditfinding"):
        raise PermissionDenied
    told = request.POST if request.method == "POST" else request.GET
    check, refs = check_of(key=told.get("check", "")), told.getlist("ref")
    year = next((one for one in years() if str(one) == told.get("year")), None)
    if check is None or year is None:
        return redirect("welfare:audit")
    back = f"{reverse('welfare:audit')}?year={year}&check={check.key}"
    rows = [one for one in matters(year=year, check=check.key) if one.ref in refs and not one.finding]
    if not rows:
        messages.warning(request, "请先勾选要提出的记录；已提出过的不能再提。")
        return redirect(back)
    initial = {"text": f"{year} 年{check.name}：{rows[0].about}" + (f"等 {len(rows):,} 件" if len(rows) > 1 else "")}
    form = FindingForm(request.POST or None, initial={**initial, "text": initial["text"][:300]})
    dress(form)
    if request.method == "POST" and form.is_valid():
        try:
            made = raise_finding(check=check.key, year=year, refs=refs, actor=user, **form.cleaned_data)
        except (DomainError, ValidationError) as error:
            add_refusal(form, error)
        else:
            messages.success(request, "问题已提出，等待答复。")
            return redirect("admin:welfare_auditfinding_change", made.pk)
    context = {
        **admin.site.each_context(request),
        "title": "提出审查问题",
        "check": check,
        "year": year,
        "rows": rows,
        "form": form,
        "back": back,
    }
    return TemplateResponse(request, "welfare/audit/ask.html", context, status=422 if form.errors else 200)
