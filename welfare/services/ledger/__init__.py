"""Writes to the sub-ledger: postings, reversals, voucher notes, known heads; and the check of all its seals."""

from welfare.services.ledger.heads import Head, heads, remember_heads
from welfare.services.ledger.posting import Approval, EntryLine, post, post_from_query
from welfare.services.ledger.reversal import reverse_entries
from welfare.services.ledger.verification import Fault, verify
from welfare.services.ledger.vouchers import note_voucher

__all__ = [
    "Approval",
    "EntryLine",
    "Fault",
    "Head",
    "heads",
    "note_voucher",
    "post",
    "post_from_query",
    "remember_heads",
    "reverse_entries",
    "verify",
]
