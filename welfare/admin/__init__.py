"""The welfare desk."""

from welfare.admin.cases import GrantAdmin
from welfare.admin.catalogue import BenefitAdmin, BenefitRuleAdmin, OccasionAdmin
from welfare.admin.covers import CoverAdmin, MutualAidPlanAdmin
from welfare.admin.ledger import BookAdmin, FundAdmin, LedgerAccountAdmin, LedgerEntryAdmin, PostingAdmin
from welfare.admin.rounds import RoundAdmin
from welfare.admin.warnings import LifeEventAdmin, RuleWarningAdmin

__all__ = [
    "BenefitAdmin",
    "BenefitRuleAdmin",
    "BookAdmin",
    "CoverAdmin",
    "FundAdmin",
    "GrantAdmin",
    "LedgerAccountAdmin",
    "LedgerEntryAdmin",
    "LifeEventAdmin",
    "MutualAidPlanAdmin",
    "OccasionAdmin",
    "PostingAdmin",
    "RoundAdmin",
    "RuleWarningAdmin",
]
