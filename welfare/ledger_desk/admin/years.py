"""Fiscal years on the desk: what is open before one is closed, and what each fund comes to."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import F, Max, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from union_portal.base.admin import RecordAdmin
from union_portal.base.admin.filters import counted, counted_address
from union_portal.base.states import Move
from welfare.balances.models import FundBalance
from welfare.books.enums import YearState
from welfare.books.models import Book, FiscalYear
from welfare.ledger_desk.services import closing


@admin.register(FiscalYear)
class FiscalYearAdmin(RecordAdmin[FiscalYear]):
    """Finance opens and closes, the chair reopens for what is recorded later."""

    list_display = ("book", "year", "state_shown")
    list_filter = ("state", "book", "year")
    list_select_related = ("book",)
    fields = ("book", "year")
    fixed_fields = fields
    change_form_outer_before_template = "welfare/ledger_desk/year.html"
    by: ClassVar[Mapping[str, Callable[..., Any] | None]] = {"close": closing.close_year}

    def get_changeform_initial_data(self, request: HttpRequest) -> Any:
        """Propose the union's own book and the year after its last."""
        book = (
            Book.objects.filter(branch=None)
            .annotate(last=Max("years__year"))
            .order_by(F("last").desc(nulls_last=True), "pk")
            .first()
        )
        if book is None:
            return super().get_changeform_initial_data(request)
        year = book.last + 1 if book.last else timezone.localdate().year
        return {"book": book.pk, "year": year} | super().get_changeform_initial_data(request)

    def above_form(self, request: HttpRequest, subject: FiscalYear) -> dict[str, Any]:
        """Say what is open, and what the funds come to."""
        balances = FundBalance.objects.filter(fund__book=subject.book_id, year=subject.year).select_related("fund")
        still = [] if subject.state == YearState.CLOSED else closing.open_points(fiscal_year=subject)
        points = [(point, _rows_of(point.matter, subject, request)) for point in still]
        return {"fiscal_year": subject, "points": points, "balances": list(balances.order_by("fund__code"))}

    def step_says(self, step: Move, subject: FiscalYear) -> str:
        """Say what closing and reopening do."""
        if step.action == "reopen":
            return f"{subject}重开后只接受补录；其他更正请在开启的年度内作以前年度调整。补录完毕请再次结账。"
        points = closing.open_points(fiscal_year=subject)
        still = f"尚有：{'；'.join(map(str, points))}。" if points else "没有未了事项。"
        return f"{still}结账后{subject}不再接受记账，更正须在开启的年度内作以前年度调整。"


def _rows_of(matter: closing.Matter, subject: FiscalYear, request: HttpRequest) -> str:
    """Return the address of the list of a matter's rows, for whoever may see it."""
    meta = matter.model._meta  # noqa: SLF001
    if not request.user.has_perm(f"{meta.app_label}.view_{meta.model_name}"):
        return ""
    place = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
    return f"{place}?{counted_address(matter.key, subject.pk)}"


def _let_narrow(matter: closing.Matter) -> None:
    def rows(year: str) -> QuerySet[Any]:
        return matter.rows(get_object_or_404(FiscalYear, pk=int(year) if year.isdecimal() else 0))

    counted(model=matter.model, name=matter.key, label=matter.words, rows=rows)


for _matter in closing.MATTERS:
    _let_narrow(_matter)
