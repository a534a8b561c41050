"""Proposals from the first words to the committee: draft, edit, submit, check, withdraw; the paper form."""

from congress.services.proposing.drafting import LOCKED, draft, edit, editable
from congress.services.proposing.paper import enter_paper, find_delegate, find_delegates, resubmit_paper
from congress.services.proposing.submitting import (
    number_for,
    pass_check,
    return_to_author,
    submit,
    submit_again,
    withdraw,
)

__all__ = [
    "LOCKED",
    "draft",
    "edit",
    "editable",
    "enter_paper",
    "find_delegate",
    "find_delegates",
    "number_for",
    "pass_check",
    "resubmit_paper",
    "return_to_author",
    "submit",
    "submit_again",
    "withdraw",
]
