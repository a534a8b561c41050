"""A year's statement at the desk, and the same as a spreadsheet or on paper."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from union_portal.accounts.requests import staff_of
from union_portal.base.files import give
from welfare.books.models import Book, FiscalYear
from welfare.fund.enums import Rounding, Scope, Unit
from welfare.fund.services.reserved import main_of
from welfare.fund.services.sheet import sheet
from welfare.fund.services.statement import statement
from welfare.fund.tasks import PAPER, TITLE, WORKBOOK

_FILES = {"xlsx": WORKBOOK, "pdf": PAPER}


@never_cache
@require_GET
def year_statement(request: HttpRequest) -> HttpResponseBase:
    """Show a book's year; `as=xlsx` and `as=pdf` give the same as a file."""
    user = staff_of(request)
    if not user.has_perm("welfare.view_budget"):
        raise PermissionDenied
    books = list(Book.objects.order_by("branch_id", "code"))
    book = next((one for one in books if str(one.pk) == request.GET.get("book")), main_of(books))
    context: dict[str, Any] = {**admin.site.each_context(request), "title": TITLE}
    if book is None:
        return TemplateResponse(request, "welfare/fund/statement.html", context)
    years = _years(book)
    year = next((one for one in years if str(one) == request.GET.get("year")), years[0])
    told = {name: _chosen(request, name, kinds) for name, kinds in _CHOICES.items()}
    asked: dict[str, Any] = {"book": book.pk, "year": year, **told}
    if (key := _FILES.get(request.GET.get("as", ""))) is not None:
        title = f"{book}{TITLE} {year} 年"
        answer: HttpResponseBase = give(request, key=key, asked=asked, title=title, rows=60)
        return answer
    found = statement(book=book, year=year, scope=told["scope"], rounding=told["rounding"])
    context |= {
        "sheet": sheet(found, unit=told["unit"], rounding=told["rounding"]),
        "unit": Unit(told["unit"]).label,
        "query": urlencode(asked),
        "heading": f"{book} {year} 年",
        "choices": [
            ("book", "账套", [(str(one.pk), str(one)) for one in books], str(book.pk)),
            ("year", "年度", [(str(one), f"{one} 年") for one in years], str(year)),
            *((name, _LABELS[name], kinds.choices, told[name]) for name, kinds in _CHOICES.items()),
        ],
    }
    return TemplateResponse(request, "welfare/fund/statement.html", context)


_CHOICES: dict[str, Any] = {"scope": Scope, "unit": Unit, "rounding": Rounding}
_LABELS = {"scope": "范围", "unit": "单位", "rounding": "占比"}


def _years(book: Book) -> list[int]:
    known = list(FiscalYear.objects.filter(book=book).order_by("-year").values_list("year", flat=True))
    return known or [timezone.localdate().year]


def _chosen(request: HttpRequest, name: str, kinds: Any) -> str:
    told = request.GET.get(name, "")
    return told if told in kinds.values else str(kinds.values[0])
