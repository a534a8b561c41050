"""The table of a desk's list: the theme's headings, the portal's rows."""

from typing import Any

from django import template
from unfold.templatetags.unfold_list import result_headers

from union_portal.base.admin.rows import rows_of

register = template.Library()


@register.inclusion_tag("base/admin/list.html", takes_context=True)
def desk_list(context: Any, cl: Any) -> dict[str, Any]:
    """Show the rows of a change list, or say that there are none."""
    headers = [
        {**header, "ticks_all": name == "action_checkbox"}
        for name, header in zip(cl.list_display, result_headers(cl), strict=True)
    ]
    return {
        "cl": cl,
        "headers": headers,
        "orders": sum(bool(header["sortable"] and header["sorted"]) for header in headers),
        "rows": rows_of(cl, context.get("actions_row")),
        "has_add_permission": cl.model_admin.has_add_permission(context["request"]),
    }
