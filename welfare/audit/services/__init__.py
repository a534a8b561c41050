"""What an auditor looks over: checks by name, each with its rows, counted and listed for a year."""

from welfare.audit.services.checks import CHECKS, check_of, counts, matters, years
from welfare.audit.services.matters import Check, Matter, fits

__all__ = ["CHECKS", "Check", "Matter", "check_of", "counts", "fits", "matters", "years"]
