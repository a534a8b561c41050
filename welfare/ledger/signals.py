"""What the ledger tells the rooms above it."""

from django.dispatch import Signal

# Sent with `posting`, the reversal, and `entries`, the keys of what it took back, in the transaction that wrote it.
entries_reversed = Signal()
