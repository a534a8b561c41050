"""A statement as a spreadsheet and on paper."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from union_portal.accounts.enums import Access
from union_portal.accounts.services.access import log_access
from union_portal.base.files import MadeFile, maker, paper, shares
from union_portal.base.making import Progress
from union_portal.base.spreadsheets.writing import XLSX_TYPE, write_xlsx
from welfare.books.models import Book
from welfare.fund.enums import Unit
from welfare.fund.renderers import render_statement
from welfare.fund.services.sheet import Row, Sheet, sheet
from welfare.fund.services.statement import statement

WORKBOOK, PAPER = "welfare.fund_workbook", "welfare.fund_paper"
TITLE = "经费收支情况表"


def _may(user: Any, asked: Mapping[str, Any]) -> bool:
    del asked
    may: bool = user.has_perm("welfare.view_budget")
    return may


def _told(user: Any, asked: Mapping[str, Any]) -> tuple[Book, Sheet]:
    """Return what was asked for; logged."""
    book = Book.objects.get(pk=asked["book"])
    told = statement(book=book, year=asked["year"], scope=asked["scope"], rounding=asked["rounding"])
    written = sheet(told, unit=asked["unit"], rounding=asked["rounding"])
    rows = len(written.income) + len(written.expense)
    log_access(user=user, action=Access.EXPORT, kind="welfare.fund", subject=f"{book.code}-{asked['year']}", rows=rows)
    return book, written


@maker(WORKBOOK, may=_may, refusal="您已没有查看收支情况表的权限。")
def make_workbook(user: Any, asked: Mapping[str, Any], progress: Progress) -> MadeFile:
    """Make the statement as a workbook: values only."""
    progress(20, "正在汇总")
    book, written = _told(user, asked)
    unit = Unit(asked["unit"]).label
    told = (f"预算（{unit}）", f"决算（{unit}）", "完成率（%）", f"差额（{unit}）", "比上年（%）", "占比（%）")
    headings = ("部分", "编码", "科目", "级次", *told, "差异原因")
    parts = (("收入", written.income), ("支出", written.expense), ("结余", written.balance))
    rows = [_cells(part, row) for part, found in parts for row in found]
    rows += [("说明", "", note, *([None] * 8)) for note in written.notes]
    content = write_xlsx(headings=headings, rows=rows, title=f"{asked['year']}年收支")
    return MadeFile(name=f"{_name(book, asked)}.xlsx", content=content, content_type=XLSX_TYPE, rows=len(rows))


@maker(PAPER, may=_may, refusal="您已没有查看收支情况表的权限。")
def make_paper(user: Any, asked: Mapping[str, Any], progress: Progress) -> MadeFile:
    """Make the statement as a PDF."""
    book, written = _told(user, asked)
    made = render_statement(
        written, book=book, year=asked["year"], unit=Unit(asked["unit"]).label, progress=shares(progress)
    )
    return paper(made, name=_name(book, asked))


def _name(book: Book, asked: Mapping[str, Any]) -> str:
    return f"{book}{TITLE}-{asked['year']}-{timezone.localdate():%Y%m%d}"


def _cells(part: str, row: Row) -> tuple[Any, ...]:
    told = (row.budget, row.actual, row.rate, row.difference, row.growth, row.share)
    return (part, row.code, row.name, row.level, *told, row.reason)
