"""Sign-off sheets as one PDF: 20 rows a page, a branch begins on a new page."""

import io
from collections.abc import Callable, Sequence

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from union_portal.base import profile
from union_portal.base.money import grouped, rmb_upper
from union_portal.base.paper import render
from union_portal.base.qr import qr_dots, qr_image
from welfare.benefits.enums import Form
from welfare.grants.models import Round
from welfare.sheets.services import Sheet

# A sheet longer than this is cut into several documents: layout time grows with the rows.
ROWS_AT_ONCE = 400


def render_sheets(
    *, round_: Round, union: str, parts: Sequence[Sheet], progress: Callable[[int, str], None], portal: str = ""
) -> tuple[bytes, int]:
    """Return the PDF and its number of pages; `progress` hears percent and what is being done.

    Goods and coupons are ticked off by the code on the sheet, where the portal's address is known.
    """
    from pypdf import PdfReader, PdfWriter  # noqa: PLC0415 - half a second that only who prints sheets need wait for

    writer = PdfWriter()
    reference = profile.document_number("福", year=round_.cut_off_on.year, number=round_.pk)
    coded = bool(portal) and round_.benefit.form != Form.CASH
    pieces = [(sheet, start) for sheet in parts for start in range(0, max(len(sheet.rows), 1), ROWS_AT_ONCE)]
    for number, (sheet, start) in enumerate(pieces):
        progress(
            number * 100 // len(pieces),
            f"{sheet.branch}（第 {number + 1} 份，共 {len(pieces)} 份）",
        )
        title = round_.benefit.given_on(round_.occasion)
        leads = f"{portal}{reverse('welfare:sheet', args=[sheet.code])}" if coded else ""
        html = render_to_string(
            "welfare/sheets/signoff_sheet.html",
            {
                "title": f"{title}签收表",
                "union": union,
                "occasion": title,
                "branch": sheet.branch,
                "issued_on": timezone.localdate().isoformat(),
                "reference": f"编号：{reference}",
                "money": any(row["amount"] for row in sheet.rows),
                "code": qr_image(leads) if leads else "",
                "rows": [_line(row, portal if coded else "") for row in sheet.rows[start : start + ROWS_AT_ONCE]],
                "count": sheet.count,
                "total": f"{grouped(sheet.total)} 元（{rmb_upper(sheet.total)}）" if sheet.total is not None else "",
            },
        )
        made = render(html, title=title, created=timezone.now(), stylesheet="form", archival=False)
        writer.append(PdfReader(io.BytesIO(made.pdf)))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue(), len(writer.pages)


def _line(row: dict[str, object], portal: str) -> dict[str, object]:
    """Return the row with the picture of its own code; capitals let a code of the same size have larger dots."""
    leads = f"{portal.upper()}{reverse('welfare:sheet_row', args=[row['code']])}" if portal else ""
    return {**row, "picture": qr_dots(leads) if leads else ""}
