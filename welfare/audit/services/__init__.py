"""What an auditor looks over: checks by name, each with its rows, counted and listed for a year; and findings."""

from welfare.audit.services.checks import CHECKS, check_of, counts, matters, years
from welfare.audit.services.findings import answer, conclude, outcome, raise_finding
from welfare.audit.services.matters import Check, Matter, fits

__all__ = [
    "CHECKS",
    "Check",
    "Matter",
    "answer",
    "check_of",
    "conclude",
    "counts",
    "fits",
    "matters",
    "outcome",
    "raise_finding",
    "years",
]
