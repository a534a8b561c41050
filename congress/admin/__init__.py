"""The congress desk."""

from congress.admin import (
    agenda,
    awards,
    bodies,
    delegates,
    departments,
    proposal_reports,
    proposals,
    sessions,
    sittings,
)

__all__ = [
    "agenda",
    "awards",
    "bodies",
    "delegates",
    "departments",
    "proposal_reports",
    "proposals",
    "sessions",
    "sittings",
]
