"""A statement on paper."""

from django.template.loader import render_to_string
from django.utils import timezone

from members.branches.services.tree import union_name
from union_portal.base.paper import PaperResult, Progress, render
from welfare.books.models import Book
from welfare.fund.services.sheet import Sheet


def render_statement(
    written: Sheet, *, book: Book, year: int, unit: str, progress: Progress | None = None
) -> PaperResult:
    """Return the statement as PDF."""
    title = f"{book}{year}年度经费收支情况表"
    context = {
        "title": title,
        "union": union_name(),
        "unit": unit,
        "parts": (("收入", written.income), ("支出", written.expense)),
        "balance": written.balance,
        "notes": written.notes,
    }
    html = render_to_string("welfare/fund/paper.html", context)
    return render(html, title=title, created=timezone.now(), stylesheet="statement", archival=False, progress=progress)
