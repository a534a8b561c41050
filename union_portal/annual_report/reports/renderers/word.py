"""A report's data as an editable Word document, from the same layout as the paper."""

import datetime as dt
from typing import Any

from union_portal.annual_report.reports.renderers.paper import context
from union_portal.base.paper.word import write_docx


def render_docx(data: dict[str, Any], *, created: dt.datetime) -> bytes:
    """Return the report as .docx; the same data and date give the same bytes."""
    return write_docx(context(data), created=created, author=data["union"])
