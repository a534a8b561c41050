"""What the templates of papers ask about their blocks."""

from collections.abc import Mapping
from typing import Any

from django import template

from union_portal.base.paper.columns import Columns, columns_of

register = template.Library()


@register.filter
def columns(block: Mapping[str, Any]) -> Columns:
    """Return how wide the columns of a table are."""
    return columns_of(block)
