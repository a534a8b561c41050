"""Standards of hardship, files of people with their households, aids."""

from welfare.hardship.models.aids import HardshipAid, HardshipAidMove
from welfare.hardship.models.files import (
    HardshipCost,
    HardshipFile,
    HardshipFileMove,
    HardshipReview,
    HouseholdMember,
)
from welfare.hardship.models.standards import HardshipAidRule, HardshipStandard

__all__ = [
    "HardshipAid",
    "HardshipAidMove",
    "HardshipAidRule",
    "HardshipCost",
    "HardshipFile",
    "HardshipFileMove",
    "HardshipReview",
    "HardshipStandard",
    "HouseholdMember",
]
