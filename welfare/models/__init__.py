"""Benefits and rules, rounds and grants, covers, and the union's sub-ledger."""

from welfare.models.books import Book, FiscalYear, FiscalYearMove, Fund, LedgerAccount
from welfare.models.catalogue import Benefit, BenefitRule, Occasion
from welfare.models.covers import Cover, MutualAidPlan
from welfare.models.grants import Grant, GrantMove, LifeEvent, RuleWarning
from welfare.models.ledger import KnownHead, LedgerEntry, Posting, VoucherNote
from welfare.models.papers import RoundPaper, StatementPaper
from welfare.models.purchases import Purchase
from welfare.models.rounds import Round, RoundMove

__all__ = [
    "Benefit",
    "BenefitRule",
    "Book",
    "Cover",
    "FiscalYear",
    "FiscalYearMove",
    "Fund",
    "Grant",
    "GrantMove",
    "KnownHead",
    "LedgerAccount",
    "LedgerEntry",
    "LifeEvent",
    "MutualAidPlan",
    "Occasion",
    "Posting",
    "Purchase",
    "Round",
    "RoundMove",
    "RoundPaper",
    "RuleWarning",
    "StatementPaper",
    "VoucherNote",
]
