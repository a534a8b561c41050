"""What the templates of papers ask about their blocks."""

from collections.abc import Mapping
from typing import Any

from django import template

from union_portal.base import profile
from union_portal.base.paper.columns import Columns, columns_of

register = template.Library()


@register.simple_tag
def paper_emblem() -> str:
    """Return the union's emblem as a picture for a paper's heading; "" without one."""
    return profile.emblem_on_paper()


@register.filter
def columns(block: Mapping[str, Any]) -> Columns:
    """Return how wide the columns of a table are."""
    return columns_of(block)
