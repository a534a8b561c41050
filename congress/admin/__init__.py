"""The congress desk."""

from congress.admin import (
    agenda,
    awards,
    bodies,
    committees,
    delegates,
    departments,
    drives,
    inspections,
    petitions,
    proposal_reports,
    proposals,
    regulations,
    sessions,
    sittings,
    suggestion_groups,
    suggestions,
)

__all__ = [
    "agenda",
    "awards",
    "bodies",
    "committees",
    "delegates",
    "departments",
    "drives",
    "inspections",
    "petitions",
    "proposal_reports",
    "proposals",
    "regulations",
    "sessions",
    "sittings",
    "suggestion_groups",
    "suggestions",
]
