"""公示 as PDF in official layout, to be hung out: the masked lines, until when, and how to object."""

from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from union_portal.base import paper
from union_portal.base.paper import types
from union_portal.base.paper.blocks import day_in_words, paragraph
from welfare.disclosure.models import Disclosure
from welfare.disclosure.services import term_of


def notice(*, disclosure: Disclosure, union: str) -> types.PaperResult:
    """Lay out a notice as it is hung out, in the union's name."""
    context = layout(disclosure=disclosure, union=union)
    html = render_to_string("annual_report/reports/paper.html", context)
    return paper.render(html, title=context["title"], created=timezone.now(), stylesheet="gongwen", archival=False)


def layout(*, disclosure: Disclosure, union: str) -> dict[str, Any]:
    """Return the context of the report's template."""
    term = term_of(disclosure)
    first, last = day_in_words(disclosure.starts_on), day_in_words(term.day)
    about = "" if term.certain else "约"
    lines = disclosure.lines.splitlines()
    items = [{"kind": "item", "text": f"{number}．{line}"} for number, line in enumerate(lines, 1)]
    return {
        "title": disclosure.title,
        "opening": ["经研究，现将有关事项公示如下。"],
        "chapters": [{"number": "", "heading": "", "blocks": [*items, *_place(disclosure)], "sections": []}],
        "closing": [
            f"公示时间：{first}至{about}{last}（{disclosure.workdays}个工作日）。",
            "对公示内容有异议的，请在公示时间内向校工会书面反映，并写明事实和联系方式。",
        ],
        "signer": union,
        "signed_on": first,
    }


def _place(disclosure: Disclosure) -> list[dict[str, Any]]:
    return [paragraph(f"公示地点：{disclosure.place}。")] if disclosure.place else []
