"""补录: proposals of past sessions entered from paper, and completed by later lists."""

from congress.past_records.services.completing import complete_proposal
from congress.past_records.services.recording import (
    Author,
    Handled,
    Paper,
    annul_proposals,
    explain_difference,
    past_drive,
    record_proposal,
)

__all__ = [
    "Author",
    "Handled",
    "Paper",
    "annul_proposals",
    "complete_proposal",
    "explain_difference",
    "past_drive",
    "record_proposal",
]
