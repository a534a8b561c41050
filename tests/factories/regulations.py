"""Regulations."""

from typing import Any

from congress.regulations.models import Regulation, RegulationVersion
from union_portal.base.steps import record


def enact(*, title: str, **version: Any) -> RegulationVersion:
    """Record what was done to a regulation, made the first time it is named."""
    return record(RegulationVersion(regulation=Regulation.objects.named(title), **version), actor=None)
