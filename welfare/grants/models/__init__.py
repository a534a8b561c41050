"""Rounds, grants and what the rules object to."""

from welfare.grants.models.grants import Grant, GrantMove
from welfare.grants.models.rounds import Round, RoundMove
from welfare.grants.models.warnings import RuleWarning

__all__ = ["Grant", "GrantMove", "Round", "RoundMove", "RuleWarning"]
